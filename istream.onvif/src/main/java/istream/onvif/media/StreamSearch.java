// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import istream.onvif.soap.Question;
import istream.onvif.soap.Service;
import istream.onvif.soap.SoapFailure;
import istream.onvif.xml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Asks for the address of one stream until a service gives one that can be used. */
final class StreamSearch {
  /** Of cameras that list no profiles. */
  private static final List<String> USUAL_TOKENS =
      List.of("000", "Profile_1", "profile_1", "MediaProfile000");

  private static final Pattern RTSP = Pattern.compile("(?i)rtsps?://[^\\s<>\"]+");

  private final MediaServices services;
  private final String deviceUrl;
  private final List<SoapFailure> failures = new ArrayList<>();
  private StreamAddress multicast;

  StreamSearch(MediaServices services, String deviceUrl) {
    this.services = services;
    this.deviceUrl = deviceUrl;
  }

  /**
   * Finds the address of a profile's stream.
   *
   * @param token empty for a camera that lists no profiles
   * @throws SoapFailure if no service gives one
   */
  StreamAddress find(String token) throws SoapFailure {
    List<String> tokens = token.isEmpty() ? USUAL_TOKENS : List.of(token);
    for (String one : tokens) {
      for (Service service : services()) {
        StreamAddress address = ask(service, one, token.isEmpty());
        if (address != null) {
          return address;
        }
      }
    }
    if (multicast != null) {
      return multicast;
    }
    throw Failures.mostTelling(failures);
  }

  private List<Service> services() {
    return Stream.concat(services.told().stream(), services.untold().stream()).toList();
  }

  /** The address; null if the service gives none. */
  private StreamAddress ask(Service service, String token, boolean once) {
    for (Question way : StreamQuestion.ways(service, token)) {
      try {
        StreamAddress address = StreamAddress.read(uri(services.ask(way), token), deviceUrl);
        if (!address.multicast()) {
          return address;
        }
        multicast = address;
      } catch (SoapFailure e) {
        failures.add(e);
        if (once || e.kind() != SoapFailure.Kind.FAULT) {
          return null;
        }
      }
    }
    return null;
  }

  private String uri(Node answer, String token) throws SoapFailure {
    String uri = answer.text("Uri");
    if (!uri.isEmpty()) {
      return uri;
    }
    Matcher anywhere = RTSP.matcher(answer.text());
    if (anywhere.find()) {
      return anywhere.group();
    }
    throw new SoapFailure(
        SoapFailure.Kind.NONSENSE,
        deviceUrl + " gives no stream address for the profile “" + token + "”; try another one",
        null);
  }
}
