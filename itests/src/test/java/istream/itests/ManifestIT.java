// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Nobody knows anybody: each bundle can be updated while the others run. */
class ManifestIT {
  private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");

  @Test
  void onlyTheApiIsSharedBetweenBundles() throws Exception {
    List<Path> jars = Distribution.unpacked().bundles();
    assertTrue(jars.size() >= 7, "bundles: " + jars);
    for (Path jar : jars) {
      String name = header(jar, "Bundle-SymbolicName").replaceAll(";.*", "");
      assertTrue(jar.getFileName().toString().startsWith(name + "-"), jar + " is named " + name);
      List<String> exports = packages(header(jar, "Export-Package"));
      if (name.equals("istream.api")) {
        assertFalse(exports.isEmpty(), "the API exports nothing");
      } else {
        assertEquals(List.of(), exports, name + " exports");
      }
      for (String imported : packages(header(jar, "Import-Package"))) {
        assertFalse(
            imported.startsWith("istream.") && !imported.startsWith("istream.api."),
            name + " imports " + imported);
      }
    }
  }

  private static String header(Path jar, String name) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      String value = file.getManifest().getMainAttributes().getValue(name);
      return value == null ? "" : value;
    }
  }

  private static List<String> packages(String header) {
    List<String> names = new ArrayList<>();
    for (String clause : QUOTED.matcher(header).replaceAll("").split(",", -1)) {
      String name = clause.replaceAll(";.*", "").strip();
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return names;
  }
}
