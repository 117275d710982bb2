/** How a terminal reaches the commands of the running instance: a socket in the data directory. */
package istream.shell.port;
