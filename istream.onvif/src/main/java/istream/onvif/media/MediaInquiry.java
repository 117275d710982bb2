// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import istream.api.camera.FoundCamera.Make;
import istream.api.camera.StreamProfile;
import istream.onvif.soap.Conversation;
import istream.onvif.soap.Question;
import istream.onvif.soap.Service;
import istream.onvif.soap.SoapFailure;
import istream.onvif.xml.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks over a conversation; what one media service does not tell, the other one may. */
public final class MediaInquiry implements Inquiry {
  private static final int LONGEST_TEXT = 80;
  private static final String ALL = "<x:Type>All</x:Type>";

  private final Conversation conversation;
  private final MediaServices services;

  /** Asks nothing yet. */
  public MediaInquiry(Conversation conversation) {
    this.conversation = conversation;
    services = new MediaServices(conversation);
  }

  @Override
  public Make make() {
    try {
      Node answer = device("GetDeviceInformation");
      return new Make(
          Numbers.cut(answer.text("Manufacturer"), LONGEST_TEXT),
          Numbers.cut(answer.text("Model"), LONGEST_TEXT),
          Numbers.cut(answer.text("SerialNumber"), LONGEST_TEXT));
    } catch (SoapFailure e) {
      // a user may have the right to see the stream, and no other
      return Make.UNKNOWN;
    }
  }

  private Node device(String operation) throws SoapFailure {
    return conversation.ask(conversation.deviceUrl(), new Question(Service.DEVICE, operation));
  }

  @Override
  public List<StreamProfile> profiles() throws SoapFailure {
    Map<String, ProfileClaim> claims = new LinkedHashMap<>();
    List<SoapFailure> failures = new ArrayList<>();
    boolean answered = false;
    for (Service service : services.told()) {
      answered |= asked(service, claims, failures);
    }
    if (!answered) {
      for (Service service : services.untold()) {
        answered |= !answered && asked(service, claims, failures);
      }
    }
    if (!answered) {
      throw Failures.mostTelling(failures);
    }
    return claims.values().stream().sorted(ProfileClaim.ORDER).map(ProfileClaim::profile).toList();
  }

  private boolean asked(
      Service service, Map<String, ProfileClaim> claims, List<SoapFailure> failures) {
    String parameters = service == Service.MEDIA2 ? ALL : "";
    try {
      Node answer = services.ask(new Question(service, "GetProfiles", parameters));
      for (ProfileClaim claim : ProfileReader.read(answer)) {
        claims.merge(claim.token(), claim, ProfileClaim::filledBy);
      }
      return true;
    } catch (SoapFailure e) {
      failures.add(e);
      return false;
    }
  }

  @Override
  public String streamUri(String token) throws SoapFailure {
    StreamAddress address = new StreamSearch(services, conversation.deviceUrl()).find(token);
    if (!address.hasDoubtfulPort()) {
      return address.toString();
    }
    return address.at(rtspPort()).toString();
  }

  private int rtspPort() {
    try {
      for (Node protocol : device("GetNetworkProtocols").all("NetworkProtocols")) {
        if (protocol.text("Name").equalsIgnoreCase("RTSP")
            && !protocol.text("Enabled").equalsIgnoreCase("false")) {
          return Numbers.port(protocol.text("Port"));
        }
      }
      return 0;
    } catch (SoapFailure e) {
      // the usual port is likely enough
      return 0;
    }
  }
}
