// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnabledLineTest {
  @Test
  void changesOnlyTheValue() {
    String before =
        "# front door\nrtsp.url = rtsp://h/1\n  enabled : true\n.password = p\\\\=w\n#end";
    String after =
        "# front door\nrtsp.url = rtsp://h/1\n  enabled : false\n.password = p\\\\=w\n#end";
    assertEquals(after, EnabledLine.set(before, false));
    assertEquals(before, EnabledLine.set(after, true));
  }

  @Test
  void keepsWindowsLineEndings() {
    assertEquals(
        "a=1\r\nenabled=false\r\nb=2", EnabledLine.set("a=1\r\nenabled=true\r\nb=2", false));
    assertEquals("a=1\r\nenabled = false\r\n", EnabledLine.set("a=1\r\n", false));
  }

  @Test
  void appendsTheMissingKeyOnItsOwnLine() {
    assertEquals("a=1\nenabled = false\n", EnabledLine.set("a=1", false));
    assertEquals("enabled = false\n", EnabledLine.set("", false));
    assertEquals("a=1", EnabledLine.set("a=1", true), "enabled is the default");
  }

  @Test
  void leavesCommentsAndContinuationsAlone() {
    String text = "#enabled = true\n!enabled = true\nnote = \\\nenabled = true\n";
    assertEquals(text + "enabled = false\n", EnabledLine.set(text, false));
  }

  @Test
  void aCommentThatEndsWithABackslashDoesNotGoOn() {
    assertEquals("# x \\\nenabled=false", EnabledLine.set("# x \\\nenabled=true", false));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enabled=true",
        "enabled = true\n",
        "enabled",
        "enabled true",
        "enabled =\n",
        "\tenabled: \\\n  true\nx=1",
        "enabled = yes\r\n",
        "enabled=true\nenabled=true\n",
        "enabled.since = true\nenabledx = true\n",
        "a = ends with backslash \\\\\nenabled = true",
        "a = \\",
        "a = \\\n",
        ""
      })
  void aPropertiesParserReadsWhatWasSet(String text) throws IOException {
    for (boolean enabled : new boolean[] {false, true, false}) {
      String changed = EnabledLine.set(text, enabled);
      Properties properties = new Properties();
      properties.load(new StringReader(changed));
      assertEquals(
          Boolean.toString(enabled), properties.getProperty("enabled", "true").strip(), changed);
      assertEquals(changed, EnabledLine.set(changed, enabled), "twice changes nothing");
      text = changed;
    }
  }
}
