/** Who is there: WS-Discovery on every usable network interface. */
package istream.onvif.discovery;
