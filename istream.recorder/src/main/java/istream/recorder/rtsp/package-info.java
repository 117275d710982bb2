/**
 * A lenient RTSP 1.0 client (RFC 2326) with RTP interleaved in its TCP connection, driven by ticks
 * of one thread.
 */
package istream.recorder.rtsp;
