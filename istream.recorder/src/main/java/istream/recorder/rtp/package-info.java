/**
 * Turns RTP packets (RFC 3550) into frames: H.264 (RFC 6184), H.265 (RFC 7798), AAC (RFC 3640) and
 * G.711 (RFC 3551). Everything here runs on the network thread.
 */
package istream.recorder.rtp;
