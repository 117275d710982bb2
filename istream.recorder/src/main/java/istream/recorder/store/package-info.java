/** From whole fragments in memory to segments in an archive: the side of the disk. */
package istream.recorder.store;
