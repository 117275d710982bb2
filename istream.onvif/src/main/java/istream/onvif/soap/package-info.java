/** Asking a device: envelopes, logins, clocks, faults. */
package istream.onvif.soap;
