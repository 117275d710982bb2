/** What a device streams, and where. */
package istream.onvif.media;
