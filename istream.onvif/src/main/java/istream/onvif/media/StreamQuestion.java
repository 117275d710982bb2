// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import istream.onvif.soap.Question;
import istream.onvif.soap.Service;
import java.util.List;

/** The ways of asking for a stream's address, unicast each: some cameras take but one of them. */
final class StreamQuestion {
  private StreamQuestion() {}

  /** The ways of asking a service, the right one first. */
  static List<Question> ways(Service service, String token) {
    String profile = "<x:ProfileToken>" + Escapes.xml(token) + "</x:ProfileToken>";
    return setups(service).stream()
        .map(setup -> new Question(service, "GetStreamUri", setup + profile))
        .toList();
  }

  private static List<String> setups(Service service) {
    return service == Service.MEDIA2
        ? List.of("<x:Protocol>RTSP</x:Protocol>", "<x:Protocol>RtspUnicast</x:Protocol>")
        : List.of(setup("tt", "RTSP"), setup("tt", "UDP"), setup("x", "RTSP"));
  }

  private static String setup(String prefix, String protocol) {
    return ("<x:StreamSetup><p:Stream>RTP-Unicast</p:Stream><p:Transport><p:Protocol>"
            + protocol
            + "</p:Protocol></p:Transport></x:StreamSetup>")
        .replace("p:", prefix + ":");
  }
}
