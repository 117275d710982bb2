// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * An instance whose footage is copied to a server, as the storage {@code offsite}.
 *
 * @param instance that records
 * @param server that the copy lies on
 */
record OffSite(Instance instance, RemoteServer server) {
  static final String ID = "offsite";
  static final String FILE = "istream.storage.sftp-" + ID + ".cfg";
  private static final Duration EFFECT = Duration.ofSeconds(40);

  /** Configures the storage with the server as it is; later lines replace those of before. */
  void configure(String... lines) throws IOException {
    configure(server.host(), server.port(), lines);
  }

  /** The same at another door. */
  void configure(String host, int port, String... lines) throws IOException {
    String usual =
        """
        host = %s
        port = %d
        user = root
        path = %s
        """
            .formatted(host, port, server.storage());
    List<String> all = new ArrayList<>(usual.lines().toList());
    for (String line : lines) {
      all.removeIf(each -> each.startsWith(line.substring(0, line.indexOf('=') + 1)));
      all.add(line);
    }
    instance.write(FILE, String.join("\n", all) + "\n");
  }

  /** Has the instance trust the server, and the server know the instance. */
  void trust() throws Exception {
    server.authorize(trustServer());
  }

  /** Has the instance trust the server; returns the key that the server is to know. */
  String trustServer() throws Exception {
    String[] words = {"trust", ID, "--yes", "--json"};
    String address = address();
    Wait.until(
        "the server at " + address + " is trusted",
        EFFECT,
        () -> {
          Instance.Result told = instance.run(words);
          return told.exit() == 0 && told.out().contains(address);
        });
    return new Footage(instance).json(words).path("authorizedKey").asText();
  }

  /** Where it was configured to be, which takes effect within seconds. */
  private String address() throws IOException {
    Properties configured = new Properties();
    try (Reader file = Files.newBufferedReader(instance.etc().resolve(FILE))) {
      configured.load(file);
    }
    return configured.getProperty("host") + ":" + configured.getProperty("port");
  }

  /** What the status says of a camera's copy there; missing if it says nothing. */
  static JsonNode replica(JsonNode camera) {
    for (JsonNode replica : camera.path("replicas")) {
      if (replica.path("storage").asText().equals(ID)) {
        return replica;
      }
    }
    return MissingNode.getInstance();
  }

  /** What the status says is wrong with the copy; empty if nothing is. */
  String problem() throws Exception {
    JsonNode status = new StatusPort(instance).status();
    for (JsonNode replica : status.path("replicas")) {
      if (replica.path("storage").asText().equals(ID)) {
        return replica.path("problem").asText("").replace("null", "");
      }
    }
    return "";
  }

  /** Waits until the status names all of those words as what is wrong. */
  void awaitProblem(String... words) throws Exception {
    try {
      Wait.until(
          "the status names " + List.of(words),
          EFFECT,
          () -> Stream.of(words).allMatch(problem()::contains));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; it says: " + problem(), e);
    }
  }

  /** Starts to record a camera in segments of so many seconds. */
  void record(String camera, String url, int seconds) throws IOException {
    instance.write(
        "istream.camera-" + camera + ".cfg",
        "rtsp.url = " + url + "\nsegment.seconds = " + seconds + "\n");
  }

  /** Ends recording and waits until all footage is on the server, byte for byte. */
  void assertAllArrives(List<String> cameras, Duration limit) throws Exception {
    List<String> words = new ArrayList<>(List.of("extinguish"));
    words.addAll(cameras);
    Instance.Result result = instance.run(words.toArray(String[]::new));
    assertEquals(0, result.exit(), result.err());
    for (String camera : cameras) {
      Wait.until(
          camera + " is not recorded any more",
          EFFECT,
          () -> new Footage(instance).state(camera).equals("disabled"));
      assertFalse(Recordings.files(instance.footage(), camera).isEmpty(), camera + " has no file");
    }
    awaitEqual(limit);
    Wait.until("the status shows no backlog", EFFECT, () -> backlogBytes() == 0);
  }

  /** Waits until every file that is here is on the server, byte for byte. */
  void awaitEqual(Duration limit) throws Exception {
    List<String> different = new ArrayList<>();
    try {
      Wait.until(
          "every file is on the server",
          limit,
          () -> {
            different.clear();
            different.addAll(different(instance.footage(), server.storage()));
            return different.isEmpty();
          });
    } catch (AssertionError e) {
      throw new AssertionError(
          e.getMessage() + ": " + different + "\n" + problem() + "\n" + instance.lastOfLog(), e);
    }
  }

  /** The files that are not the same here and there. */
  static List<String> different(Path here, Path there) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : FootageWalk.files(here)) {
      Path name = here.relativize(file);
      Path copy = there.resolve(name);
      if (!Files.exists(copy) || Files.mismatch(file, copy) >= 0) {
        names.add(name + (Files.exists(copy) ? " of " + Files.size(copy) : " missing"));
      }
    }
    return names;
  }

  /** What the status says that the server lacks, of all cameras. */
  long backlogBytes() throws IOException {
    long bytes = 0;
    for (JsonNode camera : new StatusPort(instance).status().path("cameras")) {
      bytes += replica(camera).path("backlogBytes").asLong(0);
    }
    return bytes;
  }

  /** Bytes of footage in a storage. */
  static long bytes(Path storage) throws IOException {
    return FootageWalk.bytes(storage);
  }
}
