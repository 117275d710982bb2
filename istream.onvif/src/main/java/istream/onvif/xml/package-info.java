/** What cameras call XML, read leniently and within bounds. */
package istream.onvif.xml;
