// SPDX-License-Identifier: Apache-2.0
package istream.api.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README of a bundle says what its configuration is. */
public abstract class ReadmeContract {
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z.]+)` \\| (\\S+) \\|", Pattern.MULTILINE);

  private final Class<?> config;

  /**
   * Makes it.
   *
   * @param config the annotation type that describes the configuration
   */
  protected ReadmeContract(Class<?> config) {
    this.config = config;
  }

  @Test
  final void theTableNamesEveryKeyWithItsDefault() throws IOException {
    Map<String, String> table = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(Path.of("README.md")));
    while (row.find()) {
      table.put(row.group(1), row.group(2).equals("–") ? "" : row.group(2).replace("`", ""));
    }
    Map<String, String> keys = new TreeMap<>();
    for (Method method : config.getDeclaredMethods()) {
      keys.put(method.getName().replace('_', '.'), String.valueOf(method.getDefaultValue()));
    }
    assertEquals(keys, table);
  }
}
