// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import istream.recorder.media.MediaDescription;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the lines of one medium of a session description. */
final class SdpMedium {
  private static final Pattern NUMBERED = Pattern.compile("(\\d{1,3})\\s+(.*)");
  private static final int MOST_TEXT = 16 * 1024;
  private static final int MOST_CHANNELS = 64;
  private static final int MOST_RATE = 10_000_000;

  /** Static assignments of RFC 3551, table 4 and 5. */
  private static final Map<Integer, String> STATIC =
      Map.ofEntries(
          Map.entry(0, "PCMU/8000"),
          Map.entry(3, "GSM/8000"),
          Map.entry(4, "G723/8000"),
          Map.entry(5, "DVI4/8000"),
          Map.entry(8, "PCMA/8000"),
          Map.entry(9, "G722/8000"),
          Map.entry(10, "L16/44100/2"),
          Map.entry(11, "L16/44100"),
          Map.entry(14, "MPA/90000"),
          Map.entry(18, "G729/8000"),
          Map.entry(26, "JPEG/90000"),
          Map.entry(31, "H261/90000"),
          Map.entry(32, "MPV/90000"),
          Map.entry(33, "MP2T/90000"),
          Map.entry(34, "H263/90000"));

  private final Map<Integer, String> maps = new LinkedHashMap<>();
  private final Map<Integer, String> formats = new LinkedHashMap<>();
  private final String kind;
  private final int payloadType;
  private String control = "";
  private String direction = "";

  /**
   * Starts a medium.
   *
   * @param line behind {@code m=}: kind, port, protocol, payload types
   */
  SdpMedium(String line) {
    String[] words = line.strip().split("\\s+", -1);
    kind = Quotation.of(Sdp.keyword(words[0]));
    int first = words.length > 3 ? number(words[3], 127) : -1;
    payloadType = Math.max(first, 0);
  }

  /** Takes what stands behind {@code a=}. */
  void attribute(String line) {
    int colon = line.indexOf(':');
    String name = Sdp.keyword(colon < 0 ? line : line.substring(0, colon));
    String value = colon < 0 ? "" : line.substring(colon + 1).strip();
    switch (name) {
      case "control" -> control = control.isEmpty() ? value : control;
      case "rtpmap" -> numbered(value, maps, " ");
      case "fmtp" -> numbered(value, formats, ";");
      case "sendonly", "recvonly", "sendrecv", "inactive" -> direction = name;
      default -> {
        // says nothing that a recorder needs
      }
    }
  }

  private void numbered(String value, Map<Integer, String> target, String separator) {
    Matcher matcher = NUMBERED.matcher(value);
    if (matcher.matches()) {
      String text = matcher.group(2).strip();
      target.merge(Integer.parseInt(matcher.group(1)), text, (a, b) -> join(a, separator, b));
    } else {
      target.putIfAbsent(payloadType, value);
    }
  }

  private static String join(String text, String separator, String more) {
    return text.length() > MOST_TEXT ? text : text + separator + more;
  }

  String control() {
    return control;
  }

  boolean isVideo() {
    return kind.equals("video");
  }

  boolean isSendOnly() {
    return direction.equals("sendonly");
  }

  MediaDescription describe(String base, boolean backchannel) {
    String[] map = forPayload(maps, STATIC.getOrDefault(payloadType, "")).split("[\\s/]+", -1);
    int rate = map.length > 1 ? number(map[1], MOST_RATE) : -1;
    int channels = map.length > 2 ? number(map[2], MOST_CHANNELS) : -1;
    return new MediaDescription(
        backchannel ? RtspListener.BACKCHANNEL : kind,
        payloadType,
        Quotation.of(map[0].toUpperCase(Locale.ROOT)),
        rate > 0 ? rate : isVideo() ? 90_000 : 8_000,
        Math.max(channels, 1),
        parameters(forPayload(formats, "")),
        ControlUrl.resolve(base, control));
  }

  /** The line of our payload type, else of any: some cameras number the two differently. */
  private String forPayload(Map<Integer, String> lines, String otherwise) {
    String line = lines.get(payloadType);
    if (line != null) {
      return line;
    }
    boolean known = !otherwise.isEmpty() || lines.isEmpty();
    return known ? otherwise : lines.values().iterator().next();
  }

  private static Map<String, String> parameters(String line) {
    Map<String, String> parameters = new HashMap<>();
    for (String piece : line.split(";", -1)) {
      int equal = piece.indexOf('=');
      String key = Sdp.keyword(equal < 0 ? piece : piece.substring(0, equal));
      if (!key.isEmpty()) {
        parameters.putIfAbsent(key, equal < 0 ? "" : piece.substring(equal + 1).strip());
      }
    }
    return parameters;
  }

  private static int number(String text, int most) {
    if (!text.matches("\\d{1,9}")) {
      return -1;
    }
    int number = Integer.parseInt(text);
    return number <= most ? number : -1;
  }
}
