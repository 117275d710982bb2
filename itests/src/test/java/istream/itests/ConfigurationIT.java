// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The guide and the sample files say what the bundles read: the same keys, the same defaults. */
class ConfigurationIT {
  private static final Path GUIDE = Path.of("../docs/user-guide.md");
  private static final Pattern ROW =
      Pattern.compile("^\\|(?: `(istream\\.[a-z.]+?)(?:-ID)?\\.cfg`)? \\| (`.*?`) \\| (.*?) \\|.*");
  private static final Pattern KEY = Pattern.compile("`([a-z.]+)`");
  private static final Pattern ASSIGNMENT = Pattern.compile("^(?:# ?)?([a-z.]+) =(.*)$");
  private static final Pattern SAMPLE = Pattern.compile("(istream\\.[a-z.]+)-.*\\.cfg");

  /** By the beginning of the file's name: the keys with their defaults. */
  private static final Map<String, Map<String, String>> read = new TreeMap<>();

  @BeforeAll
  static void askTheBundles() throws Exception {
    for (Path jar : Distribution.unpacked().bundles()) {
      try (JarFile file = new JarFile(jar.toFile())) {
        for (JarEntry entry : file.stream().toList()) {
          if (entry.getName().matches("OSGI-INF/metatype/.*\\.xml")) {
            try (InputStream in = file.getInputStream(entry)) {
              learn(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in));
            }
          }
        }
      }
    }
    assertEquals(
        List.of(
            "istream.camera",
            "istream.onvif",
            "istream.retention",
            "istream.storage.local",
            "istream.storage.sftp"),
        List.copyOf(read.keySet()));
  }

  private static void learn(Document metatype) {
    Map<String, String> keys = new TreeMap<>();
    NodeList definitions = metatype.getElementsByTagName("AD");
    for (int i = 0; i < definitions.getLength(); i++) {
      Element definition = (Element) definitions.item(i);
      keys.put(definition.getAttribute("id"), definition.getAttribute("default"));
    }
    Element designate = (Element) metatype.getElementsByTagName("Designate").item(0);
    String factory = designate.getAttribute("factoryPid");
    read.put(factory.isEmpty() ? designate.getAttribute("pid") : factory, keys);
  }

  @Test
  void theGuideNamesEveryKeyWithItsDefault() throws IOException {
    Map<String, Map<String, String>> told = new TreeMap<>();
    String file = "";
    for (String line : Files.readAllLines(GUIDE)) {
      Matcher row = ROW.matcher(line);
      if (row.matches() && (row.group(1) != null || line.startsWith("| |"))) {
        file = row.group(1) == null ? file : row.group(1);
        Matcher key = KEY.matcher(row.group(2));
        while (key.find()) {
          told.computeIfAbsent(file, it -> new TreeMap<>()).put(key.group(1), value(row.group(3)));
        }
      }
    }
    assertEquals(read, told);
  }

  /** Words instead of a value say what holds without one. */
  private static String value(String cell) {
    return cell.startsWith("`") ? cell.replace("`", "") : "";
  }

  @Test
  void sampleFilesStateKnownKeysAndTrueDefaults() throws Exception {
    List<Path> samples = samples();
    assertEquals(4, samples.size(), samples.toString());
    for (Path sample : samples) {
      Map<String, String> keys = read.get(pid(sample));
      int stated = 0;
      for (String line : Files.readAllLines(sample)) {
        Matcher assignment = ASSIGNMENT.matcher(line);
        if (assignment.matches()) {
          String wanted = keys.get(assignment.group(1));
          assertTrue(wanted != null, sample + ": no such key: " + line);
          // where there is no default, a sample shows what may stand there
          assertTrue(
              wanted.isEmpty() || wanted.equals(assignment.group(2).strip()),
              sample + ": not the default " + wanted + ": " + line);
          stated++;
        }
      }
      assertFalse(stated == 0, sample + " says nothing");
    }
  }

  private static String pid(Path sample) {
    Matcher name = SAMPLE.matcher(sample.getFileName().toString());
    assertTrue(name.matches() && read.containsKey(name.group(1)), sample + " is nobody's");
    return name.group(1);
  }

  private static List<Path> samples() throws Exception {
    List<Path> samples = new ArrayList<>();
    for (String directory : List.of("etc", "contrib")) {
      Path parent = Distribution.unpacked().tree().resolve(directory);
      try (Stream<Path> files = Files.list(parent)) {
        files
            .filter(file -> file.getFileName().toString().matches("istream\\..*\\.cfg"))
            .forEach(samples::add);
      }
    }
    return samples;
  }
}
