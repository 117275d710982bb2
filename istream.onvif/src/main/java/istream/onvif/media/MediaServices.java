// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import istream.onvif.soap.Conversation;
import istream.onvif.soap.Question;
import istream.onvif.soap.Service;
import istream.onvif.soap.SoapFailure;
import istream.onvif.xml.Node;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The media services of a device: finds out where they are, and asks them there. One thread. */
final class MediaServices {
  private static final List<Service> PREFERENCE = List.of(Service.MEDIA2, Service.MEDIA1);
  private static final Map<Service, List<String>> USUAL =
      Map.of(
          Service.MEDIA1, List.of("/onvif/media", "/onvif/Media", "/onvif/media_service"),
          Service.MEDIA2, List.of("/onvif/media2", "/onvif/Media2"));

  private final Conversation conversation;
  private final Set<Service> told = new LinkedHashSet<>();
  private final Map<Service, List<String>> addresses = new EnumMap<>(Service.class);

  MediaServices(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Those whose address the device tells, the preferred one first. */
  List<Service> told() {
    locate();
    return PREFERENCE.stream().filter(told::contains).toList();
  }

  /** Those that it tells nothing of: they may be there nevertheless. */
  List<Service> untold() {
    locate();
    return PREFERENCE.stream().filter(service -> !told.contains(service)).toList();
  }

  /**
   * Asks a question where its service is, or may be.
   *
   * @throws SoapFailure what the likeliest address said
   */
  Node ask(Question question) throws SoapFailure {
    locate();
    SoapFailure first = null;
    for (String url : addresses.get(question.service())) {
      try {
        Node answer = conversation.ask(url, question);
        addresses.put(question.service(), List.of(url));
        return answer;
      } catch (SoapFailure e) {
        first = first == null ? e : first;
        if (!mayBeElsewhere(e.kind())) {
          throw e;
        }
      }
    }
    throw first;
  }

  private static boolean mayBeElsewhere(SoapFailure.Kind kind) {
    return kind == SoapFailure.Kind.UNREACHABLE
        || kind == SoapFailure.Kind.UNSUPPORTED
        || kind == SoapFailure.Kind.NONSENSE;
  }

  private void locate() {
    if (!addresses.isEmpty()) {
      return;
    }
    ServiceAddress places = new ServiceAddress(conversation.deviceUrl());
    Map<Service, String> claims = services();
    if (claims.isEmpty()) {
      claims = capabilities();
    }
    told.addAll(claims.keySet());
    for (Service service : PREFERENCE) {
      Set<String> urls = new LinkedHashSet<>();
      if (claims.containsKey(service)) {
        urls.addAll(places.of(claims.get(service)));
      }
      urls.add(conversation.deviceUrl());
      USUAL.get(service).forEach(path -> urls.add(places.at(path)));
      addresses.put(service, new ArrayList<>(urls));
    }
  }

  private Map<Service, String> services() {
    Map<Service, String> claims = new EnumMap<>(Service.class);
    for (Node service : device("GetServices", "<x:IncludeCapability>false</x:IncludeCapability>")) {
      for (Node entry : service.all("Service")) {
        String namespace = entry.text("Namespace").toLowerCase(Locale.ROOT);
        for (Service media : PREFERENCE) {
          if (namespace.startsWith(media.namespace())) {
            claims.putIfAbsent(media, entry.text("XAddr"));
          }
        }
      }
    }
    return claims;
  }

  private Map<Service, String> capabilities() {
    Map<Service, String> claims = new EnumMap<>(Service.class);
    for (Node answer : device("GetCapabilities", "<x:Category>All</x:Category>")) {
      answer.first("Media").ifPresent(m -> claims.put(Service.MEDIA1, m.text("XAddr")));
      answer.first("Media2").ifPresent(m -> claims.put(Service.MEDIA2, m.text("XAddr")));
    }
    return claims;
  }

  /** The answer of the device service, if there is one. */
  private List<Node> device(String operation, String parameters) {
    try {
      Question question = new Question(Service.DEVICE, operation, parameters);
      return List.of(conversation.ask(conversation.deviceUrl(), question));
    } catch (SoapFailure e) {
      // the media services are asked at their usual places, and say themselves what is wrong
      return List.of();
    }
  }
}
