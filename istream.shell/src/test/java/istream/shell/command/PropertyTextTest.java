// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.configuration.ConfigReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PropertyTextTest {
  private static final String NASTY = "a \\\\\\{}[]$$$_#=:!\"'(),;u0041\u00e4\u20ac\ud83d\ude00<&%";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plain",
        "back\\slash",
        "two\\\\",
        "#first",
        "!first",
        "=x=",
        ":x",
        "in the middle",
        "\"quoted\"",
        "'",
        "${x}",
        "$\\{x\\}",
        "$__x",
        "$____{x}",
        "}{",
        "\\u0041",
        "\\n",
        "T\"typed\"",
        "[list, of]",
        "caf\u00e9 \u20ac \ud83d\ude00",
        "$",
        "\\$x",
        "a[b]c",
      })
  void theFrameworkReadsBackWhatWasMeant(String value) throws IOException {
    assertTrue(PropertyText.holds(value));
    assertReadBack(value);
  }

  @Test
  void theFrameworkReadsBackAllThatIsNotRefused() throws IOException {
    Random random = new Random(7);
    int held = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder value = new StringBuilder();
      for (int length = random.nextInt(12); length >= 0; length--) {
        value.append(NASTY.charAt(random.nextInt(NASTY.length())));
      }
      if (PropertyText.holds(value.toString())) {
        held++;
        assertReadBack(value.toString());
      }
    }
    assertTrue(held > 10_000, "most can be said: " + held);
  }

  private static void assertReadBack(String value) throws IOException {
    String text = PropertyText.of(value);
    ConfigReader reader =
        KarafReader.read("onvif.url = http://h/\nuser = " + text + "\n.password = " + text + "\n");
    assertEquals(value, reader.text(".password"), text);
    assertEquals(value, reader.text("user"), text);
    assertEquals(List.of(), reader.problems(), text);
    Properties own = new Properties();
    own.load(new StringReader("user = " + text));
    assertEquals(value, PropertyText.meaning(own.getProperty("user")), text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {" x", "x ", "\u2003x", "x\ny", "x\u0000", "$[env:HOME]", "a\\$[secret:x]"})
  void whatCannotBeSaidIsRefused(String value) {
    assertFalse(PropertyText.holds(value));
  }
}
