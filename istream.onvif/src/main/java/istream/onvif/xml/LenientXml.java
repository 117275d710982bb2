// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import java.io.StringReader;
import java.util.concurrent.locks.ReentrantLock;
import org.jsoup.parser.Parser;

/** Reads what cameras call XML. Any thread may call. */
public final class LenientXml {
  private static final int MOST_BYTES = 512 * 1024;

  /** One at a time, so that the memory it takes is needed once, not once for each camera. */
  private static final ReentrantLock ONE = new ReentrantLock();

  private LenientXml() {}

  /**
   * Makes the best of the bytes; never fails because they are damaged.
   *
   * @return the document; it has no elements if there is no markup in the bytes
   * @throws ExcessiveXml if reading them would take too much memory or time
   */
  public static Node read(byte[] bytes) throws ExcessiveXml {
    if (bytes.length > MOST_BYTES) {
      throw new ExcessiveXml("there are more than " + MOST_BYTES + " bytes");
    }
    ONE.lock();
    try {
      String mended = Mender.mend(Decoder.text(bytes));
      return new Node(Parser.xmlParser().parseInput(new StringReader(mended), ""));
    } finally {
      ONE.unlock();
    }
  }
}
