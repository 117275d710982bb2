// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What FFmpeg makes of a file: a judge that we did not write. */
public final class Ffmpeg {
  private Ffmpeg() {}

  /** FFmpeg is a peer that the test needs. */
  public static void require() throws Exception {
    Peers.require("ffmpeg", "ffmpeg");
    Peers.require("ffprobe", "ffmpeg");
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

  /** How large the picture is, as {@code WIDTH,HEIGHT}. */
  public static String pictureSize(Path file) throws IOException, InterruptedException {
    List<String> command = List.of("ffprobe", "-v", "error", "-select_streams", "v:0");
    return run(append(
            command, "-show_entries", "stream=width,height", "-of", "csv=p=0", file.toString()))
        .strip();
  }

  /** How long the video is by its packets, in seconds. */
  public static double videoSeconds(Path file) throws IOException, InterruptedException {
    return packets(file, "v:0").seconds();
  }

  /**
   * The packets of one track, with times in seconds.
   *
   * @param count how many there are
   * @param begin of the first
   * @param end of the last
   * @param seam the longest time between the end of one and the begin of the next
   */
  public record Packets(int count, double begin, double end, double seam) {
    /** How long the track is. */
    public double seconds() {
      return end - begin;
    }
  }

  /** The packets of a track, such as {@code a:0}; none if the file lacks it. */
  public static Packets packets(Path file, String track) throws IOException, InterruptedException {
    String entries = "packet=dts_time,duration_time";
    List<String> command =
        List.of("ffprobe", "-v", "error", "-select_streams", track, "-show_entries", entries);
    String printed = run(append(command, "-of", "csv=p=0", file.toString()));
    double begin = 0;
    double end = Double.NaN;
    double seam = 0;
    int count = 0;
    for (String line : printed.lines().toList()) {
      String[] fields = line.split(",", -1);
      double at = Double.parseDouble(fields[0]);
      begin = count == 0 ? at : begin;
      seam = Double.isNaN(end) ? seam : Math.max(seam, Math.abs(at - end));
      // FFmpeg does not always know how long the first one lasts
      end = fields[1].equals("N/A") ? Double.NaN : at + Double.parseDouble(fields[1]);
      count++;
    }
    return new Packets(count, begin, end, seam);
  }

  private static List<String> append(List<String> words, String... more) {
    return Stream.concat(words.stream(), Stream.of(more)).toList();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
    int exit = process.waitFor();
    return exit == 0 ? said : said + command.get(0) + " ends with " + exit;
  }
}
