// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

/**
 * A question to a device.
 *
 * @param service whose operation it is
 * @param operation such as {@code GetProfiles}
 * @param parameters XML of the operation's children, compact, in the namespace of prefix {@code x}
 *     for the service and {@code tt} for {@code http://www.onvif.org/ver10/schema}, texts escaped;
 *     may be empty
 */
public record Question(Service service, String operation, String parameters) {
  /** One without parameters. */
  public Question(Service service, String operation) {
    this(service, operation, "");
  }
}
