// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.recorder.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs ffmpeg and ffprobe, which judge what we write. */
final class Peer {
  private Peer() {}

  static void assumeInstalled() {
    for (String tool : List.of("ffmpeg", "ffprobe")) {
      boolean found =
          List.of(System.getenv("PATH").split(":", -1)).stream()
              .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
      Peers.require(found, tool + " is missing (Debian package ffmpeg)");
    }
  }

  /** What ffmpeg prints at log level {@code error}, with standard output where it writes to it. */
  static String ffmpeg(String... arguments) throws IOException, InterruptedException {
    return run(List.of("ffmpeg", "-nostdin", "-y", "-v", "error"), arguments);
  }

  /** Lines of one ffprobe query, such as {@code packet=pts,flags}. */
  static List<String> ffprobe(Path file, String entries, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("-show_entries", entries, "-of", "csv=p=0", file.toString()));
    return run(List.of("ffprobe", "-v", "error"), all.toArray(String[]::new))
        .lines()
        .map(line -> line.endsWith(",") ? line.substring(0, line.length() - 1) : line)
        .filter(line -> !line.isBlank())
        .toList();
  }

  private static String run(List<String> command, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of(arguments));
    Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "still running: " + all);
    return output;
  }
}
