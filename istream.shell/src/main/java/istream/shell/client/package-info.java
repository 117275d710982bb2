/**
 * The other end of the command port: runs in a virtual machine of its own, for the time of one
 * command, from this bundle's jar alone, or for the time of a shell, together with JLine's.
 */
package istream.shell.client;
