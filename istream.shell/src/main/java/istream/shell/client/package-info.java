/**
 * The other end of the command port: runs in a virtual machine of its own, for the time of one
 * command, from this bundle's jar and nothing else.
 */
package istream.shell.client;
