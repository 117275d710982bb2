/** One supervised connection per camera, on one thread for all: the side of the network. */
package istream.recorder.engine;
