// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.api.camera.Credentials;
import istream.api.recording.ProbeReport;
import istream.api.recording.ProbeReport.Track;
import istream.api.recording.StreamProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeCommandTest {
  private static final String URL = "rtsp://192.0.2.7:554/stream?channel=1@2";

  private final Probe probe = new Probe();
  private final Shell shell = new Shell(Path.of("etc")).with(probe);

  private static final class Probe implements StreamProbe {
    private String url;
    private Credentials login;
    private Duration time;

    @Override
    public ProbeReport probe(String url, Credentials credentials, Duration time) {
      this.url = url;
      this.login = credentials;
      this.time = time;
      return new ProbeReport(
          "Cam\u001b[2J/1.0",
          List.of(
              new Track("video", "H.264", "1920x1080", true, 50, 25, 4_000_000, 2, 0, ""),
              new Track("audio", "G.726", "", false, 0, 0, 0, 0, 0, "not carried by MP4")));
    }
  }

  @Test
  void aPersonReadsWhatIsInTheStream() throws Exception {
    assertEquals(
        """
        Server: Cam [2J/1.0
        TRACK  CODEC  FORMAT      FPS    BIT RATE  KEY FRAME  LOST  RECORDED
        video  H.264  1920x1080  25.0  4.0 Mbit/s      2.0 s     0  yes
        audio  G.726                ?     0 bit/s          -     0  no
        audio: not carried by MP4
        """,
        shell.run(ProbeCommand.class, URL));
    assertEquals(Duration.ofSeconds(5), probe.time);
    assertFalse(probe.login.present());
  }

  @Test
  void optionsStandBeforeOrAfterTheAddress() throws Exception {
    JsonNode json =
        new ObjectMapper().readTree(shell.run(ProbeCommand.class, "--json", URL, "--seconds", "2"));
    assertEquals(URL, json.get("url").asText());
    assertEquals(25.0, json.at("/tracks/0/framesPerSecond").asDouble());
    assertTrue(json.at("/tracks/1/framesPerSecond").isNull());
    assertEquals(Duration.ofSeconds(2), probe.time);
  }

  @Test
  void aPasswordIsTypedWithoutEcho() throws Exception {
    shell.input("", "s3cret").run(ProbeCommand.class, URL, "--user", "me", "--password");
    assertEquals(new Credentials("me", "s3cret"), probe.login);
    assertTrue(shell.prompt().contains("me"));
    shell.run(ProbeCommand.class, "--user", "me", "--password", URL);
    assertEquals("s3cret", probe.login.password());
    assertEquals(URL, probe.url);
    assertEquals("", shell.warned());
  }

  @Test
  void aPasswordComesFromStandardInput() throws Exception {
    shell.input("s3cr\u00e9t\r\nmore", null);
    shell.run(ProbeCommand.class, "--user", "me", "--password", "-", URL);
    assertEquals("s3cr\u00e9t", probe.login.password());
  }

  @Test
  void aPasswordAmongTheArgumentsIsWarnedOfAndNotRepeated() throws Exception {
    String printed = shell.run(ProbeCommand.class, URL, "--user=me", "--password=s3cret");
    assertEquals("s3cret", probe.login.password());
    assertTrue(shell.warned().contains("warning"), shell.warned());
    assertFalse((printed + shell.warned()).contains("s3cret"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://me:s3cret@192.0.2.7/stream",
        "rtsp://me:s3cret/x@192.0.2.7/stream",
        "rtsp://me:s3cret#x@192.0.2.7/stream",
        "http://192.0.2.7/",
        "rtsp:///s3cret",
        "rtsp://a b/"
      })
  void badAddressesAreRefusedWithoutRepeatingALogin(String url) {
    CommandException refusal =
        assertThrows(CommandException.class, () -> shell.run(ProbeCommand.class, url));
    assertFalse(refusal.getMessage().contains("s3cret"), refusal.getMessage());
    assertTrue(refusal.getMessage().contains("address"), refusal.getMessage());
  }

  @Test
  void wrongUsage() {
    for (Object[] arguments :
        new Object[][] {
          {}, {URL, URL}, {URL, "--seconds", "0"}, {URL, "--password", "x"}, {URL, "--user"}
        }) {
      assertThrows(CommandException.class, () -> shell.run(ProbeCommand.class, arguments));
    }
  }

  @Test
  void withoutARecorderItSaysSo() {
    CommandFailure failure =
        assertThrows(
            CommandFailure.class, () -> new Shell(Path.of("etc")).run(ProbeCommand.class, URL));
    assertTrue(failure.getMessage().contains("no recorder"), failure.getMessage());
  }
}
