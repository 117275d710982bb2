/** Finds cameras and asks them for their streams. */
package istream.onvif;
