// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

/**
 * Whom to connect to, and as whom. Never prints its password.
 *
 * @param password empty if keys are used
 */
record Server(String host, int port, String user, String password) {
  /** The port of SSH. */
  static final int SSH = 22;

  /** {@code host:port}, for a person. */
  String address() {
    return host + ":" + port;
  }

  /** The host as {@code known_hosts} names it. */
  String knownAs() {
    return port == SSH ? host : "[" + host + "]:" + port;
  }

  @Override
  public String toString() {
    return "Server[" + user + "@" + address() + "]";
  }
}
