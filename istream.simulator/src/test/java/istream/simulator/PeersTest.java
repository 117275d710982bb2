// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** FFmpeg takes the simulator for a camera. */
@Timeout(120)
@Execution(ExecutionMode.CONCURRENT)
final class PeersTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "h264,h264,640,360",
    "h264b,h264,640,360",
    "h264small,h264,320,180",
    "h265,hevc,640,360"
  })
  void ffprobeSeesTheStreams(String clip, String codec, int width, int height) throws Exception {
    try (Simulator simulator = Simulator.start(settings("front:" + clip))) {
      String streams =
          run(
              "ffprobe",
              "-v",
              "error",
              "-analyzeduration",
              "1000000",
              "-rtsp_transport",
              "tcp",
              "-show_entries",
              "stream=codec_name,width,height,sample_rate",
              "-of",
              "csv=p=0",
              address(simulator));
      assertEquals(codec + "," + width + "," + height + "\naac,16000\n", streams);
    }
  }

  @ParameterizedTest
  @CsvSource({"h264", "h264b", "h265"})
  void ffmpegDecodesWithoutAnError(String clip) throws Exception {
    try (Simulator simulator = Simulator.start(settings("front:" + clip))) {
      assertEquals(
          "",
          run(
              "ffmpeg",
              "-v",
              "error",
              "-analyzeduration",
              "1000000",
              "-rtsp_transport",
              "tcp",
              "-i",
              address(simulator),
              "-t",
              "2",
              "-f",
              "null",
              "-"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "h264,''",
    "h264,frag_keyframe+empty_moov+default_base_moof",
    "h265,frag_keyframe+empty_moov"
  })
  void aRecordingHasEveryFrameOnce(String clip, String flags) throws Exception {
    Path file = directory.resolve("front.mp4");
    try (Simulator simulator = Simulator.start(settings("front:" + clip))) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  "ffmpeg",
                  "-v",
                  "error",
                  "-analyzeduration",
                  "1000000",
                  "-rtsp_transport",
                  "tcp",
                  "-i"));
      command.addAll(List.of(address(simulator), "-t", "3", "-c", "copy"));
      command.addAll(flags.isEmpty() ? List.of() : List.of("-movflags", flags));
      command.add(file.toString());
      assertEquals("", run(command.toArray(String[]::new)));
    }
    FrameTally tally = CountFrames.count(List.of(file));
    assertTrue(tally.whole(), tally.toString());
    assertEquals(75, tally.frames(), 5);
  }

  @Test
  void aTornFileCountsAsFarAsItGoes() throws Exception {
    Path file = directory.resolve("whole.mp4");
    try (Simulator simulator = Simulator.start(settings("front:h264"))) {
      run(
          "ffmpeg",
          "-v",
          "error",
          "-rtsp_transport",
          "tcp",
          "-i",
          address(simulator),
          "-t",
          "3",
          "-c",
          "copy",
          "-movflags",
          "frag_keyframe+empty_moov",
          file.toString());
    }
    byte[] bytes = Files.readAllBytes(file);
    List<Long> whole = FrameCounterReader.read(file);
    Path torn = directory.resolve("torn.mp4");
    for (int length = 2000; length < bytes.length; length += 997) {
      Files.write(torn, Arrays.copyOf(bytes, length));
      List<Long> numbers = FrameCounterReader.read(torn);
      assertEquals(whole.subList(0, numbers.size()), numbers);
    }
    Files.write(torn, Arrays.copyOf(bytes, bytes.length / 2));
    assertTrue(FrameCounterReader.read(torn).size() >= 25, "the first fragment at least");
    Files.write(torn, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9});
    assertThrows(IOException.class, () -> FrameCounterReader.read(torn));
  }

  @Test
  void lostPacketsAreMissingInTheRecording() throws Exception {
    Path file = directory.resolve("front.mp4");
    try (Simulator simulator = Simulator.start(settings("front:h264"))) {
      simulator.camera("front").inject(Fault.LOSS, 0.2);
      run(
          "ffmpeg",
          "-v",
          "quiet",
          "-analyzeduration",
          "1000000",
          "-rtsp_transport",
          "tcp",
          "-i",
          address(simulator),
          "-t",
          "3",
          "-c",
          "copy",
          file.toString());
    }
    FrameTally tally = CountFrames.count(List.of(file));
    assertTrue(tally.lost() + tally.unnumbered() > 0, tally.toString());
  }

  private static SimulatorSettings settings(String camera) {
    return SimulatorSettings.of(camera)
        .login("user", "secret", Login.Scheme.SHA256, Login.Scheme.DIGEST);
  }

  private static String address(Simulator simulator) {
    return "rtsp://user:secret@127.0.0.1:" + simulator.port() + "/front";
  }

  private String run(String... command) throws IOException, InterruptedException {
    Path output = Files.createTempFile(directory, "output", ".txt");
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
    } catch (IOException e) {
      boolean required = "required".equals(System.getProperty("istream.peers"));
      assumeTrue(required, command[0] + " is missing (Debian package ffmpeg)");
      throw e;
    }
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), command[0] + " does not end");
    } finally {
      process.destroyForcibly();
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
