// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;

/** What FFmpeg makes of a file: a judge that we did not write. */
public final class Ffmpeg {
  private Ffmpeg() {}

  /** Skips the test when FFmpeg is not installed. */
  public static void require() throws InterruptedException {
    for (String tool : new String[] {"ffmpeg", "ffprobe"}) {
      try {
        run(List.of(tool, "-version"));
      } catch (IOException e) {
        assumeTrue(false, tool + " is missing (Debian package ffmpeg)");
      }
    }
  }

  /** Reads and decodes all of it; fails if either has a complaint. */
  public static void assertPlays(Path file) throws IOException, InterruptedException {
    assertEquals("", run(List.of("ffprobe", "-v", "error", file.toString())), file::toString);
    assertEquals(
        "",
        run(List.of("ffmpeg", "-nostdin", "-v", "error", "-i", file.toString(), "-f", "null", "-")),
        file::toString);
  }

  /** Whether a picture, and no complaint, comes when one seeks to that second of the file. */
  public static boolean showsPictureAt(Path file, int second)
      throws IOException, InterruptedException {
    String said =
        run(
            List.of(
                "ffmpeg",
                "-nostdin",
                "-v",
                "error",
                "-ss",
                Integer.toString(second),
                "-i",
                file.toString(),
                "-map",
                "0:v",
                "-frames:v",
                "1",
                "-f",
                "framecrc",
                "-"));
    return said.lines().filter(line -> !line.startsWith("#")).count() == 1
        && said.lines().allMatch(line -> line.startsWith("#") || line.startsWith("0,"));
  }

  /** How long the video is by its packets, in seconds. */
  public static double videoSeconds(Path file) throws IOException, InterruptedException {
    String packets =
        run(
            List.of(
                "ffprobe",
                "-v",
                "error",
                "-select_streams",
                "v:0",
                "-show_entries",
                "packet=dts_time,duration_time",
                "-of",
                "csv=p=0",
                file.toString()));
    double first = Double.MAX_VALUE;
    double last = 0;
    for (String line : packets.lines().toList()) {
      String[] fields = line.split(",", -1);
      first = Math.min(first, Double.parseDouble(fields[0]));
      last = Math.max(last, Double.parseDouble(fields[0]) + Double.parseDouble(fields[1]));
    }
    return last - first;
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    int exit = process.waitFor();
    return exit == 0 ? said : said + command.get(0) + " ends with " + exit;
  }
}
