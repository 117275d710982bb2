/** Searches: who is there, asked what they are. */
package istream.onvif.find;
