// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cameras that fragment a whole byte stream, start codes and all, as if it were one NAL unit. */
class ByteStreamTest {
  private static final String SPS = "6742c028da01e0089f97011000000300100000030320f1832a";
  private static final String PPS = "68ce0fc8";
  private static final String IDR = "658884" + "ab".repeat(40);
  private static final String P = "419a2233";

  private final Camera camera = new Camera(Camera.video("H264", Map.of()));

  @AfterEach
  void nothingLeaks() {
    camera.receiver.close();
    assertEquals(0, camera.pool.usedBytes());
  }

  private static List<String> fragments(String stream, int most) {
    byte[] bytes = Camera.hex(stream);
    List<String> fragments = new ArrayList<>();
    for (int at = 1; at < bytes.length; at += most) {
      int end = Math.min(bytes.length, at + most);
      int flags = (at == 1 ? 0x80 : 0) | (end == bytes.length ? 0x40 : 0);
      String head = "%02x%02x".formatted((bytes[0] & 0xe0) | 28, flags | (bytes[0] & 0x1f));
      fragments.add(head + HexFormat.of().formatHex(bytes, at, end));
    }
    return fragments;
  }

  private void send(int time, List<String> fragments) {
    for (int i = 0; i < fragments.size(); i++) {
      camera.send(time, i + 1 == fragments.size(), fragments.get(i));
    }
  }

  private List<List<String>> frames() {
    return camera.heard.pieces.stream().map(Heard.Piece::nals).toList();
  }

  @Test
  void aCameraThatMixedUnitsOnceIsSearchedForEver() {
    camera.send(0, true, SPS + "00000001" + PPS + "000001" + IDR);
    for (int i = 1; i <= 1000; i++) {
      camera.send(3600 * i, true, P);
    }
    camera.send(3600 * 1001, true, P + "000001" + P);
    camera.send(3600 * 1002, true, P);
    assertEquals(List.of(SPS, PPS, IDR), frames().get(0));
    assertEquals(List.of(P, P), frames().get(1001));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 7, 1000})
  void startCodesPartItWhereverTheFragmentsEnd(int most) {
    send(0, fragments(SPS + "00000001" + PPS + "000001" + IDR, most));
    send(3600, fragments(P + "00000001" + P, most));
    camera.send(7200, true, P);
    assertEquals(List.of(List.of(SPS, PPS, IDR), List.of(P, P)), frames());
  }

  @Test
  void aLostFragmentCostsTheFrame() {
    List<String> fragments = fragments(SPS + "00000001" + PPS + "00000001" + IDR, 20);
    send(0, fragments);
    camera.send(3600, false, fragments.get(0));
    camera.sequence++;
    send(3600, fragments.subList(2, fragments.size()));
    send(7200, fragments);
    camera.send(10_800, true, P);
    assertEquals(2, frames().size());
    assertEquals(List.of(SPS, PPS, IDR), frames().get(1));
  }

  @Test
  void anEndThatIsNeverSaidIsWhereTheNextFrameBegins() {
    List<String> fragments =
        new ArrayList<>(fragments(SPS + "00000001" + PPS + "00000001" + IDR, 20));
    int last = fragments.size() - 1;
    fragments.set(last, fragments.get(last).replaceFirst("^(..)47", "$1" + "07"));
    send(0, fragments);
    camera.send(3600, true, P);
    camera.send(7200, true, P);
    assertEquals(List.of(List.of(SPS, PPS, IDR), List.of(P)), frames());
  }

  @Test
  void theSameOfH265() {
    Camera other = new Camera(Camera.video("H265", Map.of()));
    String vps = "40010c01ffff016000000300900000030000030078959409";
    String sps =
        "420101016000000300900000030000030078a003c0801107cb965654a4c2f0168080000003008000000c84";
    String pps = "4401c073c189";
    String idr = "2801ac74110b2b";
    String rest = vps.substring(4) + "00000001" + sps + "00000001" + pps + "000001" + idr;
    other.send(0, false, "6201a0" + rest.substring(0, 60));
    other.send(0, false, "620120" + rest.substring(60, 160));
    other.send(0, true, "620160" + rest.substring(160));
    other.send(3600, true, "0201d0092233");
    assertEquals(List.of(vps, sps, pps, idr), other.heard.pieces.get(0).nals());
    other.receiver.close();
    assertEquals(0, other.pool.usedBytes());
  }

  @Test
  void moreThanCanBeKeptIsDropped() {
    byte[] part = new byte[60_000];
    part[0] = 0x7c;
    for (int i = 0; i < 40; i++) {
      part[1] = (byte) (i == 0 ? 0x87 : i == 39 ? 0x47 : 0x07);
      camera.send(0, i == 39, part);
    }
    send(3600, fragments(SPS + "00000001" + PPS + "00000001" + IDR, 20));
    camera.send(7200, true, P);
    assertEquals(List.of(List.of(SPS, PPS, IDR)), frames());
    assertEquals(40, camera.heard.lost);
  }
}
