// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {
  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "999,999 B",
    "1000,1.0 kB",
    "999949,999.9 kB",
    "999950,1.0 MB",
    "1400000000,1.4 GB",
    "9223372036854775807,9.2 EB"
  })
  void bytes(long bytes, String expected) {
    assertEquals(expected, Figures.bytes(bytes));
  }

  @ParameterizedTest
  @CsvSource({
    "-5,0.0 s",
    "840,0.8 s",
    "9949,9.9 s",
    "9950,10 s",
    "59499,59 s",
    "59500,1 min 00 s",
    "303000,5 min 03 s",
    "7500000,2 h 05 min",
    "273600000,3 d 04 h"
  })
  void durations(long millis, String expected) {
    assertEquals(expected, Figures.duration(Duration.ofMillis(millis)));
  }

  @Test
  void nothingSteersTheTerminal() {
    assertEquals("a [31mb c", Figures.plain("a\u001b[31mb\u009bc"));
  }
}
