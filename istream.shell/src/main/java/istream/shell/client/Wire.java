// SPDX-License-Identifier: Apache-2.0
package istream.shell.client;

/**
 * What goes over the command port. The client sends {@link #VERSION} (int), whether it is a
 * terminal (boolean), the number of words (int) and the words (UTF). Then the server sends frames,
 * each a kind (byte) and what belongs to it, and the client answers those that ask.
 *
 * <p>The word {@link #SHELL} alone, from a terminal, opens the shell: the client sends the type of
 * its terminal (UTF) and a {@link #SIZE} frame, then frames of its own whenever there is something
 * to say, and the server never asks.
 */
public final class Wire {
  /** Of this agreement. */
  public static final int VERSION = 1;

  /** Server: length (int) and bytes for standard output. */
  public static final int OUT = 1;

  /** Server: length (int) and bytes for standard error. */
  public static final int ERR = 2;

  /** Server: exit status (int); the last frame. */
  public static final int EXIT = 3;

  /**
   * Server: prompt (UTF) and whether to echo (boolean). Client: there is a line (boolean), it
   * (UTF).
   */
  public static final int ASK = 4;

  /** Server: asks for standard input. Client: length (int), -1 at the end, and bytes. */
  public static final int READ = 5;

  /** Client, in the shell: columns (int) and rows (int) of its terminal. */
  public static final int SIZE = 6;

  /** Client, in the shell: length (int) and bytes that were typed. */
  public static final int KEYS = 7;

  /** The word that opens the shell, or runs the line after it there. */
  public static final String SHELL = "shell";

  /** Words of one command, at most. */
  public static final int MOST_WORDS = 1000;

  private Wire() {}
}
