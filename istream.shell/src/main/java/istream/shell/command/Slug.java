// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What remains of a text when it is to be part of an id. */
final class Slug {
  private static final int READ = 256;
  private static final Map<String, String> LETTERS =
      Map.of(
          "\u00df", "ss", "\u00e6", "ae", "\u0153", "oe", "\u00f8", "o", "\u0142", "l", "\u0111",
          "d", "\u0131", "i");

  /** What cameras call themselves whom nobody gave a name. */
  private static final Set<String> GENERIC =
      Set.of(
          ("cam camera device default devicename h264 hdcamera hdipc hdipcamera internetcamera ipc"
                  + " ipcam ipcamera ipdome ipnc na name netcam networkcam networkcamera"
                  + " networkvideotransmitter none noname null nvt onvif onvifcamera onvifdevice"
                  + " onvifipc onvifipnc undefined unknown videocamera videotransmitter webcam")
              .split(" "));

  private Slug() {}

  /** Lower-case letters, digits, and single - or _ between them; may be empty. */
  static String of(String text, int longest) {
    String cut = text.length() > READ ? text.substring(0, READ) : text;
    String plain = Normalizer.normalize(cut, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    for (Map.Entry<String, String> letter : LETTERS.entrySet()) {
      plain = plain.replace(letter.getKey(), letter.getValue());
    }
    String slug = trimmed(plain.replaceAll("\\p{M}+", "").replaceAll("[^a-z0-9_]+", "-"));
    return slug.length() > longest ? trimmed(slug.substring(0, longest)) : slug;
  }

  /** Whether it tells nothing about one camera. */
  static boolean isGeneric(String slug) {
    return slug.isEmpty() || GENERIC.contains(slug.replaceAll("[-_]", ""));
  }

  private static String trimmed(String text) {
    return text.replaceAll("^[-_]+|[-_]+$", "");
  }
}
