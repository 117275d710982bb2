// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

/** An answer has more in it than any camera has to say. */
public final class ExcessiveXml extends Exception {
  private static final long serialVersionUID = 1;

  /** Makes one; the message says what there is too much of. */
  public ExcessiveXml(String message) {
    super(message);
  }
}
