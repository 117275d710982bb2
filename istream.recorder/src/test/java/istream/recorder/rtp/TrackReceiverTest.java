// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.recorder.media.AudioFormat;
import istream.recorder.media.MediaDescription;
import istream.recorder.media.VideoFormat.Codec;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackReceiverTest {
  private static final String VPS = "40010c01ffff016000000300900000030000030078959409";
  private static final String SPS =
      "420101016000000300900000030000030078a003c0801107cb965654a4c2f0168080000003008000000c84";
  private static final String PPS = "4401c073c189";
  private static final String IDR = "2801ac74110b2b";
  private static final String P = "0201d0092233";

  @Test
  void h265ComesBackFromSinglesAggregatesAndFragments() {
    Camera camera = new Camera(Camera.video("H265", Map.of()));
    camera.send(0, false, "6001 0018" + VPS + "002b" + SPS + "0006" + PPS);
    camera.send(0, false, "6201 94 ac74");
    camera.send(0, true, "6201 54 110b2b");
    camera.send(3600, true, P);
    camera.send(7200, true, P);
    assertEquals(List.of(VPS, SPS, PPS, IDR), camera.heard.pieces.get(0).nals());
    assertEquals(List.of(P), camera.heard.pieces.get(1).nals());
    assertEquals(List.of("format", "key", "frame"), camera.heard.events);
    assertEquals("1920x1080", camera.heard.formats.get(0).description());
    assertEquals("H.265", camera.heard.formats.get(0).codecName());
  }

  @Test
  void h265DecodingOrderNumbersAreTakenOut() {
    Camera camera =
        new Camera(
            Camera.video(
                "H265",
                Map.of(
                    "sprop-max-don-diff", "2",
                    "sprop-vps", Camera.base64(VPS),
                    "sprop-sps", Camera.base64(SPS),
                    "sprop-pps", Camera.base64(PPS))));
    camera.send(0, false, "6001 0001 0006" + PPS + "00 0006" + PPS);
    camera.send(0, false, "6201 94 0001 ac74");
    camera.send(0, true, "6201 54 110b2b");
    camera.send(3600, true, "0201 0002 d0092233");
    camera.send(7200, true, "0201 0002 d0092233");
    assertEquals(List.of(PPS, PPS, IDR), camera.heard.pieces.get(0).nals());
    assertEquals(List.of(P), camera.heard.pieces.get(1).nals());
  }

  @ParameterizedTest
  @CsvSource({
    "H264, 6742c028da01e0089f97011000000300100000030320f1832a, 1920, 1080",
    "H264, 6742c01eda0280bfa9b011000003000100000300320f162ea0, 638, 358",
    "H265, 420101016000000300900000030000030078a003c0801107cb965654a4c2f016808000000300800000, 1920,"
        + " 1080",
    "H265, 42010101600000030090000003000003003fa005020171d4d965654a4c2f016808000003000800, 638, 358",
    "H264, 6742c028, 0, 0",
    "H264, 6742c02800000000000000000000, 0, 0"
  })
  void theSizeIsReadAfterCropping(Codec codec, String sps, int width, int height) {
    SpsReader read = SpsReader.read(codec, Camera.hex(sps));
    assertEquals(width + "x" + height, read.width() + "x" + read.height());
  }

  private static final Map<String, String> HBR =
      Map.of(
          "mode",
          "AAC-hbr",
          "config",
          "1190",
          "sizelength",
          "13",
          "indexlength",
          "3",
          "indexdeltalength",
          "3");

  @Test
  void aPacketOfAacHoldsSeveralUnits() {
    Camera camera = new Camera(Camera.audio("MPEG4-GENERIC", 48_000, 2, HBR));
    camera.send(1000, true, "0020 0010 0018 aabb ccddee");
    assertEquals(
        List.of(1000L, 2024L), camera.heard.pieces.stream().map(Heard.Piece::time).toList());
    assertEquals(1024, camera.heard.pieces.get(0).ticks());
    assertEquals(ByteBuffer.wrap(Camera.hex("ccddee")), camera.heard.pieces.get(1).data());
    AudioFormat format = (AudioFormat) camera.heard.formats.get(0);
    assertEquals(ByteBuffer.wrap(Camera.hex("1190")), format.config());
    assertEquals(2, format.channels());
  }

  @Test
  void aUnitOfAacSpansPacketsAndIsDroppedIfOneIsLost() {
    Camera camera = new Camera(Camera.audio("MPEG4-GENERIC", 48_000, 2, HBR));
    camera.send(0, false, "0010 0020 aabb");
    camera.send(0, true, "0010 0020 ccdd");
    camera.send(1024, false, "0010 0020 aabb");
    camera.sequence++;
    camera.send(2048, true, "0010 0010 eeff");
    camera.receiver.close();
    assertEquals(2, camera.heard.pieces.size());
    assertEquals(ByteBuffer.wrap(Camera.hex("aabbccdd")), camera.heard.pieces.get(0).data());
    assertTrue(camera.heard.pieces.get(1).lossBefore());
    assertEquals(0, camera.pool.usedBytes());
  }

  @ParameterizedTest
  @CsvSource({"16000, 1, 1408", "48000, 2, 1190", "10000, 1, 1780138808"})
  void aMissingConfigIsMadeOfRateAndChannels(int rate, int channels, String config) {
    AacConfig made = AacConfig.of(Camera.audio("MPEG4-GENERIC", rate, channels, Map.of()));
    assertEquals(rate, made.rate());
    assertEquals(channels, made.channels());
    assertEquals(1024, made.ticks(rate));
    if (rate != 10_000) {
      assertEquals(ByteBuffer.wrap(Camera.hex(config)), made.bytes());
    }
  }

  @Test
  void aUnitOfHighEfficiencyAacLastsTwiceAsLong() {
    MediaDescription media =
        Camera.audio("MPEG4-GENERIC", 48_000, 2, Map.of("config", "2B11880000"));
    assertEquals(2048, AacConfig.of(media).ticks(48_000));
  }

  @Test
  void g711IsOneFramePerPacket() {
    Camera camera = new Camera(Camera.audio("PCMA", 8000, 1, Map.of()));
    camera.send(0, true, new byte[160]);
    camera.sequence++;
    camera.send(320, false, new byte[160]);
    assertEquals(160, camera.heard.pieces.get(0).ticks());
    assertFalse(camera.heard.pieces.get(0).lossBefore());
    assertTrue(camera.heard.pieces.get(1).lossBefore());
    assertEquals(1, camera.heard.lost);
    assertEquals(1, camera.receiver.lost());
    assertEquals(2, camera.receiver.packets());
  }

  @Test
  void paddingSourcesAndExtensionAreNoPayload() {
    Camera camera = new Camera(Camera.audio("PCMU", 8000, 1, Map.of()));
    String header = "b1 60 0001 00000000 00000001 00000002 bede0001 11223344";
    camera.raw(ByteBuffer.wrap(Camera.hex(header + "aabb 0003 03")));
    assertEquals(ByteBuffer.wrap(Camera.hex("aabb")), camera.heard.pieces.get(0).data());
    camera.raw(ByteBuffer.wrap(Camera.hex("b1 60 0002 00000000 00000001 00000002 bedeffff 1122")));
    assertEquals(1, camera.heard.pieces.size());
  }

  @Test
  void timestampsRunOnBeyond32Bits() {
    Camera camera = new Camera(Camera.audio("PCMU", 8000, 1, Map.of()));
    camera.send(-160, true, new byte[160]);
    camera.send(0, true, new byte[160]);
    assertEquals(160, camera.heard.pieces.get(1).time() - camera.heard.pieces.get(0).time());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSenderReportTiesTimestampsToTheCamerasClock(boolean early) {
    Camera camera = new Camera(Camera.audio("PCMU", 8000, 1, Map.of()));
    // 2020-01-01T00:00:00.5Z
    String report = "80c80006 00001234 e1b65f80 80000000 000003e8 00000000 00000000";
    if (!early) {
      camera.send(840, true, new byte[160]);
    }
    camera.receiver.rtcp(ByteBuffer.wrap(Camera.hex(report)), camera.now);
    assertEquals(early ? 0 : 1, camera.heard.clocks.size());
    camera.send(1000, true, new byte[160]);
    assertEquals(1, camera.heard.clocks.size());
    assertEquals(1000, camera.heard.clocks.get(0)[0]);
    assertEquals(1_577_836_800_500_000_000L, camera.heard.clocks.get(0)[1]);
  }

  private static final String REPORT = "80c80006 %s e1b65f80 80000000 %s 00000000 00000000";

  @Test
  void reportsUnderAnotherSourceCountUntilOneMatches() {
    Camera camera = new Camera(Camera.audio("PCMU", 8000, 1, Map.of()));
    camera.send(1000, true, new byte[160]);
    for (String source : List.of("0000aaaa", "00001234", "0000aaaa")) {
      String report = REPORT.formatted(source, "000003e8");
      camera.receiver.rtcp(ByteBuffer.wrap(Camera.hex(report)), camera.now);
    }
    assertEquals(2, camera.heard.clocks.size());
  }

  @Test
  void reportsOnTimestampsFarFromTheStreamsAreIgnored() {
    Camera camera = new Camera(Camera.audio("PCMU", 8000, 1, Map.of()));
    camera.send(1000, true, new byte[160]);
    String report = REPORT.formatted("00001234", "7fffffff");
    camera.receiver.rtcp(ByteBuffer.wrap(Camera.hex(report)), camera.now);
    assertEquals(0, camera.heard.clocks.size());
  }

  @Test
  void aacWithFieldsThatWeCannotSkipIsRefused() {
    Map<String, String> fmtp = Map.of("mode", "AAC-hbr", "auxiliarydatasizelength", "8");
    assertEquals(
        "audio AAC with auxiliarydatasizelength is not supported;"
            + " set the camera's audio to AAC or G.711",
        TrackReceiver.refusal(Camera.audio("MPEG4-GENERIC", 16_000, 1, fmtp)).orElse(""));
    Map<String, String> none = Map.of("mode", "AAC-hbr", "auxiliarydatasizelength", "0");
    assertEquals(
        "", TrackReceiver.refusal(Camera.audio("MPEG4-GENERIC", 16_000, 1, none)).orElse(""));
  }

  @Test
  void goodbyeEndsTheTrackUntilMoreComes() {
    Camera camera = new Camera(Camera.audio("PCMU", 8000, 1, Map.of()));
    camera.send(0, true, new byte[160]);
    camera.receiver.rtcp(
        ByteBuffer.wrap(Camera.hex("80c90001 00001234 81cb0001 00001234")), camera.now);
    assertTrue(camera.receiver.ended());
    camera.send(160, true, new byte[160]);
    assertFalse(camera.receiver.ended());
  }

  @Test
  void aReportIsDueEveryFiveSeconds() {
    Camera camera = new Camera(Camera.audio("PCMU", 8000, 1, Map.of()));
    assertTrue(camera.receiver.receiverReport(0).isEmpty());
    camera.sequence = 7;
    camera.send(0, true, new byte[160]);
    camera.sequence++;
    camera.send(320, true, new byte[160]);
    ByteBuffer report = camera.receiver.receiverReport(camera.now).orElseThrow();
    assertEquals(0x81c90007, report.getInt(0));
    assertEquals(0x1234, report.getInt(8));
    assertEquals(1, report.getInt(12) & 0xffffff);
    assertEquals(9, report.getInt(16));
    assertEquals(52, report.remaining());
    assertTrue(camera.receiver.receiverReport(camera.now + 4_000_000_000L).isEmpty());
    assertTrue(camera.receiver.receiverReport(camera.now + 5_000_000_000L).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "audio, G726-32, audio G.726 cannot be carried in MP4; set the camera's audio to AAC or G.711",
    "audio, MP4A-LATM, audio AAC as LATM is not supported; set the camera's audio to AAC or G.711",
    "video, JPEG, video JPEG is not supported; set the camera's video to H.264 or H.265",
    "audio, X\u001b[2J, audio X??2J cannot be carried in MP4; set the camera's audio to AAC or"
        + " G.711",
    "application, VND.ONVIF.METADATA, application data is not recorded",
    "audio, PCMU, ''",
    "video, H265, ''"
  })
  void whatCannotBeRecordedIsRefusedInWords(String kind, String encoding, String words) {
    MediaDescription media =
        new MediaDescription(kind, 96, encoding, 8000, 1, Map.of(), "rtsp://camera/1");
    assertEquals(words, TrackReceiver.refusal(media).orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"H264", "H265", "MPEG4-GENERIC", "PCMU"})
  void nonsenseNeitherThrowsNorLeaks(String encoding) {
    Random random = new Random(encoding.hashCode());
    boolean video = encoding.startsWith("H26");
    Camera camera =
        new Camera(
            video
                ? Camera.video(encoding, Map.of("sprop-sps", "!!!", "sprop-max-don-diff", "0"))
                : Camera.audio(encoding, 8000, 2, Map.of("config", "xyz")),
            1 << 20);
    for (int i = 0; i < 50_000; i++) {
      byte[] payload = new byte[random.nextInt(100)];
      random.nextBytes(payload);
      ByteBuffer packet = camera.packet(i / 5 * 3600, random.nextBoolean(), payload);
      packet.put(0, (byte) (random.nextInt(9) == 0 ? random.nextInt() : 0x80));
      camera.sequence += random.nextInt(20) == 0 ? random.nextInt(5) - 2 : 0;
      camera.raw(packet);
      camera.receiver.rtcp(ByteBuffer.wrap(payload), camera.now);
      camera.receiver.flush(camera.now);
    }
    assertTrue(camera.receiver.packets() > 10_000);
    camera.receiver.close();
    assertEquals(0, camera.pool.usedBytes());
  }
}
