// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What status says of files that nobody takes over. */
class NamelessFilesTest {
  @TempDir Path etc;

  private JsonNode problems(Path directory) throws Exception {
    String json = new Shell(directory).run(StatusCommand.class, "--json");
    return new ObjectMapper().readTree(json).get("problems");
  }

  @Test
  void filesWithoutAnIdAreNamed() throws Exception {
    for (String name :
        List.of(
            "camera", "camera-front", "retention-", "storage.local", "onvif", "storage.sftp-x")) {
      Files.writeString(etc.resolve("istream." + name + ".cfg"), "");
    }
    JsonNode problems = problems(etc);
    assertEquals(
        List.of("istream.camera.cfg", "istream.retention-.cfg", "istream.storage.local.cfg"),
        problems.findValuesAsText("file"));
    String message = problems.get(2).get("message").asText();
    assertTrue(message.contains("call it istream.storage.local-ID.cfg"), message);
  }

  @Test
  void aDirectoryThatCannotBeReadIsNotAnEmptyOne() throws Exception {
    String message = problems(etc.resolve("gone")).get(0).get("message").asText();
    assertTrue(message.startsWith("cannot be read"), message);
  }
}
