/** Where the stream of a configured camera is now. */
package istream.onvif.resolve;
