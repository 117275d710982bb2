// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cameras call themselves. */
class ScopesTest {
  @ParameterizedTest
  @CsvSource({
    "Front%20Door, Front Door",
    "C%C3%A1mara, Cámara",
    "A+B, A+B",
    "100%, 100%",
    "50%zz%4, 50%zz%4",
    "%C3, \uFFFD",
    "a%0D%0Ab%00c, a b c",
    "My old camera, My old camera"
  })
  void namesAreReadWhateverTheirEscapes(String written, String name) {
    String text =
        "onvif://www.onvif.org/type/ptz onvif://www.onvif.org/name/" + written + "\n\t onvif://x/y";
    assertEquals(name, Scopes.value("name", Scopes.split(text)));
  }

  @ParameterizedTest
  @CsvSource({"name, Gate", "hardware, 'IPC-1'", "location, ''"})
  void scopesStandOnLinesOfTheirOwn(String kind, String value) {
    String text =
        "\r\n      onvif://www.onvif.org/hardware/IPC-1\r\n\r\n"
            + "      ONVIF://www.onvif.org/Name/Gate\r\n      onvif://www.onvif.org/location/\r\n  ";
    assertEquals(value, Scopes.value(kind, Scopes.split(text)));
  }

  @ParameterizedTest
  @CsvSource({"x, 64", "😀, 32"})
  void aNameIsCutBetweenCharacters(String letter, int kept) {
    String text = "onvif://www.onvif.org/name/" + letter.repeat(100);
    assertEquals(letter.repeat(kept), Scopes.value("name", Scopes.split(text)));
  }
}
