// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.recorder.media.VideoFormat;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class H264Test {
  // libx264, 1920x1080 with cropping
  private static final String SPS = "6742c028da01e0089f97011000000300100000030320f1832a";
  private static final String PPS = "68ce0fc8";
  private static final String IDR = "658884aabb";
  private static final String P = "419a2233";
  private static final Map<String, String> SPROP =
      Map.of("sprop-parameter-sets", Camera.base64(SPS) + "," + Camera.base64(PPS));

  private final Camera camera = new Camera(Camera.video("H264", SPROP));
  private final Heard heard = camera.heard;

  private List<List<String>> frames() {
    return heard.pieces.stream().map(Heard.Piece::nals).toList();
  }

  @Test
  void framesEndWhereTheTimestampChanges() {
    camera.send(0, true, IDR);
    camera.send(3600, true, P);
    camera.send(7200, true, P);
    assertEquals(List.of(List.of(IDR), List.of(P)), frames());
    assertTrue(heard.pieces.get(0).key());
    assertFalse(heard.pieces.get(1).key());
    assertEquals(3600, heard.pieces.get(1).time() - heard.pieces.get(0).time());
    assertEquals("1920x1080", heard.formats.get(0).description());
    assertEquals(0, heard.lost);
    camera.receiver.close();
    assertEquals(0, camera.pool.usedBytes());
  }

  @Test
  void anAggregateAndFragmentsGiveBackTheUnitsByteForByte() {
    camera.send(0, false, "78 0019" + SPS + "0004" + PPS + "0000 0002 0910");
    camera.send(0, false, "7c 85 8884");
    camera.send(0, false, "7c 05 aa");
    camera.send(0, true, "7c 45 bb");
    camera.send(1, true, P);
    assertEquals(List.of(List.of(SPS, PPS, "0910", IDR)), frames());
  }

  @Test
  void parameterSetsWithTheirOwnTimestampGoWithThePictureBehindThem() {
    camera.send(0, true, SPS);
    camera.send(1, true, PPS);
    camera.send(2, true, IDR);
    camera.send(3600, true, P);
    assertEquals(List.of(List.of(SPS, PPS, IDR)), frames());
    assertEquals(2, heard.pieces.get(0).time());
  }

  @Test
  void markersThatLieDoNotCutFrames() {
    camera.send(0, true, SPS);
    camera.send(0, true, IDR);
    camera.send(0, true, "6500bb");
    camera.send(3600, true, P);
    assertEquals(List.of(List.of(SPS, IDR, "6500bb")), frames());
  }

  @Test
  void aLostPacketCostsItsFrameAndNoOther() {
    camera.send(0, true, IDR);
    camera.send(3600, false, "5c 81 9a22");
    camera.sequence++;
    camera.send(3600, true, "5c 41 33");
    camera.send(7200, true, P);
    camera.send(10_800, true, P);
    assertEquals(List.of(List.of(IDR), List.of(P)), frames());
    assertFalse(heard.pieces.get(0).lossBefore());
    assertTrue(heard.pieces.get(1).lossBefore());
    assertEquals(7200, heard.pieces.get(1).time() - heard.pieces.get(0).time());
    assertEquals(3, heard.lost, "one packet that did not come and two that were of no use");
  }

  @Test
  void aLossBetweenWholeFramesHarmsNeither() {
    camera.send(0, true, IDR);
    camera.sequence += 2;
    camera.send(7200, true, P);
    camera.send(10_800, true, P);
    assertEquals(List.of(List.of(IDR), List.of(P)), frames());
    assertFalse(heard.pieces.get(0).lossBefore());
    assertTrue(heard.pieces.get(1).lossBefore());
    assertEquals(2, heard.lost);
  }

  @Test
  void aFrameWhoseFirstSliceWasLostIsDropped() {
    camera.send(0, true, IDR);
    camera.sequence++;
    camera.send(3600, true, "4100aa"); // a slice that starts further down
    camera.send(7200, true, P);
    camera.send(10_800, true, P);
    assertEquals(List.of(List.of(IDR), List.of(P)), frames());
  }

  @Test
  void repeatedPacketsAreTakenOnce() {
    camera.send(0, false, IDR);
    camera.sequence--;
    camera.send(0, false, IDR);
    camera.send(3600, true, P);
    assertEquals(List.of(List.of(IDR)), frames());
    assertEquals(0, heard.lost);
  }

  @Test
  void aRestartOfTheSequenceIsNotSixtyThousandLostPackets() {
    camera.sequence = 50_000;
    camera.send(0, true, IDR);
    camera.sequence = 10_000;
    camera.send(3600, true, IDR);
    camera.send(7200, true, P);
    assertEquals(2, heard.pieces.size());
    assertTrue(heard.pieces.get(1).lossBefore());
    assertEquals(0, heard.lost);
  }

  @Test
  void strayPacketsOfAnotherSourceAreDroppedAndANewSourceIsFollowed() {
    camera.send(0, true, IDR);
    camera.ssrc = 99;
    camera.send(500, true, P);
    camera.ssrc = 0x1234;
    camera.sequence--;
    camera.send(3600, true, P);
    camera.ssrc = 77;
    for (int i = 0; i < SourceLock.CONSISTENT + 2; i++) {
      camera.send(100_000 + 3600 * i, true, i == 0 ? IDR : P);
    }
    assertEquals(2 + SourceLock.CONSISTENT + 1, heard.pieces.size());
    assertEquals(List.of(IDR), heard.pieces.get(2).nals(), "nothing of the new source is lost");
    assertEquals(0, heard.lost);
    assertTrue(heard.pieces.get(2).lossBefore());
    assertFalse(heard.pieces.get(3).lossBefore());
  }

  @Test
  void anUnannouncedPayloadTypeIsBelievedOnceItIsConsistent() {
    camera.payloadType = 97;
    for (int i = 0; i < SourceLock.CONSISTENT + 2; i++) {
      camera.send(3600 * i, true, IDR);
    }
    assertEquals(SourceLock.CONSISTENT + 1, heard.pieces.size());
    camera.payloadType = 98;
    camera.sequence--;
    camera.send(1, true, P);
    assertEquals(SourceLock.CONSISTENT + 1, heard.pieces.size());
  }

  @Test
  void startCodesInsideAPacketSplitIt() {
    camera.send(0, true, "00000001" + SPS + "00000001" + PPS + "000001" + IDR);
    camera.send(3600, true, P);
    assertEquals(List.of(List.of(SPS, PPS, IDR)), frames());
  }

  @Test
  void aFragmentWithoutItsStartCostsTheFrame() {
    camera.send(0, false, "7c 05 aabb");
    camera.send(0, true, "7c 45 cc");
    camera.send(3600, true, IDR);
    camera.send(7200, true, P);
    assertEquals(List.of(List.of(IDR)), frames());
    assertEquals(2, heard.lost);
    assertTrue(heard.pieces.get(0).lossBefore());
  }

  @Test
  void theForbiddenBitCostsTheFrame() {
    camera.send(0, true, "e58884");
    camera.send(3600, true, IDR);
    camera.send(7200, true, P);
    assertEquals(List.of(List.of(IDR)), frames());
  }

  @Test
  void framesWaitForParameterSetsThatComeInBand() {
    Camera late = new Camera(Camera.video("H264", Map.of()));
    late.send(0, true, P);
    late.send(3600, true, IDR);
    late.send(7200, false, SPS);
    late.send(7200, false, PPS);
    late.send(7200, true, IDR);
    late.send(10_800, true, P);
    late.send(14_400, true, P);
    assertEquals(List.of("format", "key", "frame"), late.heard.events);
  }

  @Test
  void changedParameterSetsAreToldBeforeTheKeyFrameThatNeedsThem() {
    String other = SPS.replace("832a", "832b");
    for (String sps : List.of(SPS, SPS, other)) {
      camera.send(camera.sequence * 3600, false, sps);
      camera.send((camera.sequence - 1) * 3600, false, PPS);
      camera.send((camera.sequence - 2) * 3600, true, IDR);
    }
    camera.send(0, true, P);
    assertEquals(List.of("format", "key", "key", "format", "key"), heard.events);
    VideoFormat format = (VideoFormat) heard.formats.get(1);
    assertEquals(2, format.parameterSets().size());
    assertEquals(ByteBuffer.wrap(Camera.hex(other)), format.parameterSets().get(0));
  }

  @Test
  void zerosBehindAParameterSetMakeNoOtherFormat() {
    camera.send(0, true, IDR);
    camera.send(3600, false, SPS + "0000");
    camera.send(3600, true, IDR);
    camera.send(7200, true, P);
    assertEquals(List.of("format", "key", "key"), heard.events);
    assertEquals(List.of(SPS + "0000", IDR), frames().get(1), "stored as sent all the same");
  }

  @Test
  void aPictureOfISlicesWithItsParameterSetsIsAKeyFrame() {
    camera.send(0, false, SPS);
    camera.send(0, false, PPS);
    camera.send(0, true, "6188bbcc"); // first_mb 0, slice_type 7
    camera.send(3600, true, "6188bbcc");
    camera.send(7200, false, SPS);
    camera.send(7200, false, PPS);
    camera.send(7200, true, P);
    camera.send(10_800, true, P);
    assertEquals(List.of(true, false, false), heard.pieces.stream().map(Heard.Piece::key).toList());
  }

  @Test
  void theLastFrameIsHandedOutWhenNothingFollows() {
    camera.send(0, false, IDR);
    camera.receiver.flush(camera.now + 2_000_000_000L);
    assertEquals(0, heard.pieces.size(), "its marker has not come");
    camera.send(0, true, "6500");
    camera.receiver.flush(camera.now + 1);
    assertEquals(0, heard.pieces.size(), "more may be on its way");
    camera.receiver.flush(camera.now + 200_000_000);
    assertEquals(List.of(List.of(IDR, "6500")), frames());
    camera.send(3600, true, P);
    camera.send(7200, true, P);
    assertEquals(2, heard.pieces.size());
    assertEquals(0, heard.lost);
  }

  @Test
  void aFrameBeyondAllReasonIsDropped() {
    byte[] part = new byte[60_000];
    part[0] = 0x7c;
    for (int i = 0; i <= AccessUnitAssembler.MOST_BYTES / part.length + 1; i++) {
      part[1] = (byte) (i == 0 ? 0x85 : 0x05);
      camera.send(0, false, part);
    }
    assertEquals(0, camera.pool.usedBytes());
    camera.send(3600, true, IDR);
    camera.send(7200, true, P);
    assertEquals(List.of(List.of(IDR)), frames());
    assertTrue(heard.lost > 100);
  }

  @Test
  void withoutMemoryFramesAreDroppedWhole() {
    Camera poor = new Camera(Camera.video("H264", SPROP), 32_768);
    poor.send(0, false, "7c 85 " + "11".repeat(40_000));
    poor.send(3600, true, IDR);
    poor.send(7200, true, P);
    assertEquals(1, poor.heard.pieces.size());
    assertTrue(poor.heard.pieces.get(0).lossBefore());
    assertEquals(1, poor.heard.lost);
    poor.receiver.close();
    assertEquals(0, poor.pool.usedBytes());
  }
}
