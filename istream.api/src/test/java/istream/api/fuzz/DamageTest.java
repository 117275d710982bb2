// SPDX-License-Identifier: Apache-2.0
package istream.api.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DamageTest {
  private static final List<String> GOOD = List.of("answer: 42", "question: none");

  @Test
  void triesThousandsOfInputsOfManyLengths() {
    Set<String> tried = new HashSet<>();
    Set<Integer> lengths = new HashSet<>();
    Fuzzing.tryOut(
        GOOD,
        List.of("answer"),
        damaged -> {
          tried.add(new String(damaged, StandardCharsets.ISO_8859_1));
          lengths.add(damaged.length);
        });
    assertTrue(tried.size() > 2000, () -> tried.size() + " different ones");
    assertTrue(lengths.contains(0) && lengths.stream().anyMatch(length -> length > 10_000));
  }

  @Test
  void saysHowToTryTheSameAgain() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Fuzzing.tryOut(
                    GOOD,
                    List.of("x"),
                    damaged ->
                        Integer.parseInt(new String(damaged, 8, 2, StandardCharsets.US_ASCII))));
    assertTrue(error.getMessage().contains("-Distream.fuzz.seed="), error.getMessage());
  }

  @Test
  void findsWhatTakesTooMuchMemory() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () ->
                Fuzzing.tryOut(
                    GOOD,
                    List.of("x"),
                    damaged -> assertEquals(80 << 20, new byte[80 << 20].length)));
    assertTrue(error.getMessage().contains("bytes of memory"), error.getMessage());
  }
}
