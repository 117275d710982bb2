// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the answer to PLAY says of a track (RFC 2326, 12.33).
 *
 * @param track index into the media
 * @param sequence of the first packet, 0 to 65535; -1 if not said
 * @param rtpTime timestamp of the first packet, 0 to 2³²-1; -1 if not said
 */
public record RtpInfo(int track, int sequence, long rtpTime) {
  private static final Pattern ENTRY = Pattern.compile(",\\s*(?=url\\s*=)");
  private static final Pattern SEQUENCE = Pattern.compile(";\\s*seq\\s*=\\s*(\\d{1,5})(?!\\d)");
  private static final Pattern TIME = Pattern.compile(";\\s*rtptime\\s*=\\s*(\\d{1,10})(?!\\d)");

  /**
   * Reads the header. Entries belong to the track whose address they end like, or else to the track
   * in the same place.
   *
   * @param header its value
   * @param controls addresses of the tracks that were set up, by track, in the order of their SETUP
   */
  static List<RtpInfo> parse(String header, Map<Integer, String> controls) {
    List<RtpInfo> infos = new ArrayList<>();
    List<Integer> tracks = List.copyOf(controls.keySet());
    String[] entries = ENTRY.split(header.strip(), -1);
    for (int i = 0; i < entries.length && infos.size() < tracks.size(); i++) {
      String entry = entries[i].toLowerCase(Locale.ROOT);
      int track = byAddress(entry, controls);
      int sequence = (int) number(SEQUENCE, entry, 0xffff);
      long time = number(TIME, entry, 0xffff_ffffL);
      if (sequence >= 0 || time >= 0) {
        infos.add(new RtpInfo(track >= 0 ? track : tracks.get(i), sequence, time));
      }
    }
    return infos;
  }

  private static int byAddress(String entry, Map<Integer, String> controls) {
    int start = entry.indexOf('=') + 1;
    int end = entry.indexOf(";seq");
    int other = entry.indexOf(";rtptime");
    end = end < 0 || (other >= 0 && other < end) ? other : end;
    String url = entry.substring(start, end < start ? entry.length() : end).strip();
    for (Map.Entry<Integer, String> control : controls.entrySet()) {
      if (!url.isEmpty() && control.getValue().toLowerCase(Locale.ROOT).endsWith(url)) {
        return control.getKey();
      }
    }
    return -1;
  }

  private static long number(Pattern pattern, String entry, long most) {
    Matcher matcher = pattern.matcher(entry);
    long number = matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
    return number <= most ? number : -1;
  }
}
