/**
 * The commands of the scope {@code istream}. Each is a thin action for the shell; what it says is
 * made by plain objects, which know nothing of the shell.
 */
package istream.shell.command;
