// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class QuotationTest {
  @Test
  void keepsWhatIsFit() {
    assertEquals("Not Found (ä)", Quotation.of(" Not Found (ä)\t"));
    assertEquals("x".repeat(80), Quotation.of("x".repeat(80)));
  }

  @Test
  void cutsWhatIsLongAndDropsWhatDrivesTerminals() {
    assertEquals("x".repeat(80) + "…", Quotation.of("x".repeat(100_000)));
    assertEquals("a b c d e", Quotation.of("a\u001b\r\nb\u009bc\u202ed\u2028e\ud800"));
  }

  @Test
  void masksPasswordsInAddresses() {
    assertEquals(
        "rtsp://h/user=a_password=***_x=1",
        Quotation.ofAddress("rtsp://u:p@h/user=a_password=b_x=1"));
  }
}
