/** HTTP and HTTPS as cameras speak it: one request, one answer, one connection, all bounded. */
package istream.onvif.http;
