// SPDX-License-Identifier: Apache-2.0
package istream.onvif.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every datum of an answer is read under every damage that leaves it there. */
class DamageTest {
  private static final String URI = "rtsp://192.168.1.9:554/live?ch=1&amp;copy=2&amp;sub=0";
  private static final String STREAM_URI =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" xmlns:trt="urn:a">
        <s:Body><trt:GetStreamUriResponse>
          <trt:MediaUri><tt:Uri>%s</tt:Uri>
            <tt:InvalidAfterConnect>false</tt:InvalidAfterConnect>
            <tt:Timeout>PT0S</tt:Timeout></trt:MediaUri>
        </trt:GetStreamUriResponse></s:Body></s:Envelope>
      """
          .formatted(URI)
          .strip();
  private static final String PROFILES =
      "<s:Envelope xmlns:s=\"urn:s\" xmlns:tt=\"urn:t\"><s:Header/><s:Body><GetProfilesResponse>"
          + "<Profiles fixed=\"true\" token=\"Profile_1\"><tt:Name>main stream</tt:Name>"
          + "<tt:VideoEncoderConfiguration token=\"enc 0\"><tt:Encoding>H264</tt:Encoding>"
          + "<tt:Resolution><tt:Width>2560</tt:Width><tt:Height>1440</tt:Height>"
          + "</tt:Resolution></tt:VideoEncoderConfiguration></Profiles>"
          + "<Profiles token=\"sub/2\"><tt:Name>Straße &lt;2&gt;</tt:Name></Profiles>"
          + "</GetProfilesResponse></s:Body></s:Envelope>";

  /** Where a datum is: in the text of an element, or in one of its attributes. */
  private record Place(String document, String element, String attribute, String datum) {
    List<String> read(byte[] bytes) throws ExcessiveXml {
      List<String> read = new ArrayList<>();
      for (Node node : LenientXml.read(bytes).all(element)) {
        read.add(attribute.isEmpty() ? node.text() : node.attribute(attribute));
      }
      return read;
    }
  }

  private static final List<Place> PLACES =
      List.of(
          new Place(STREAM_URI, "Uri", "", URI),
          new Place(STREAM_URI, "Timeout", "", "PT0S"),
          new Place(PROFILES, "Profiles", "token", "Profile_1"),
          new Place(PROFILES, "Name", "", "main stream"),
          new Place(PROFILES, "VideoEncoderConfiguration", "token", "enc 0"),
          new Place(PROFILES, "Width", "", "2560"),
          new Place(PROFILES, "Profiles", "token", "sub/2"),
          new Place(PROFILES, "Name", "", "Straße &lt;2&gt;"));

  static Stream<Arguments> damagedPlaces() {
    return Stream.of(Damage.values())
        .flatMap(damage -> PLACES.stream().map(place -> Arguments.of(damage, place)));
  }

  @ParameterizedTest
  @MethodSource("damagedPlaces")
  void readsWhatIsThere(Damage damage, Place place) throws ExcessiveXml {
    byte[] bytes = damage.apply(place.document, place.datum);
    List<String> read = place.read(bytes);
    String datum = Damage.plain(place.datum);
    if (damage.keeps(place.document, place.datum)) {
      assertTrue(read.contains(datum), () -> "not " + datum + " but " + read);
    }
  }

  @ParameterizedTest
  @EnumSource(Damage.class)
  void damagesMostlyOtherThings(Damage damage) {
    boolean harms =
        PLACES.stream()
            .anyMatch(
                p -> !Arrays.equals(damage.apply(p.document, p.datum), p.document.getBytes(UTF_8)));
    assertEquals(damage != Damage.NONE, harms);
    // most kinds leave most data where they are
    long kept = PLACES.stream().filter(p -> damage.keeps(p.document, p.datum)).count();
    assertTrue(kept >= (damage == Damage.TRUNCATED_INSIDE ? 0 : 1), damage + " keeps " + kept);
  }

  @Test
  void comesInManyKinds() {
    assertTrue(Damage.values().length >= 50);
    assertEquals(List.of("2560"), read(Damage.NONE));
  }

  private static List<String> read(Damage damage) {
    try {
      return PLACES.get(5).read(damage.apply(PROFILES, "2560"));
    } catch (ExcessiveXml e) {
      throw new AssertionError(e);
    }
  }
}
