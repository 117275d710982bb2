// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static istream.simulator.Soap.element;
import static istream.simulator.Soap.parent;

import java.util.List;

/** The second media service, which knows every codec: ONVIF Media2 Service Specification. */
final class Media2Service {
  private Media2Service() {}

  static String answer(SoapQuestion question, Whereabouts at) throws SoapFault {
    String content =
        switch (question.name()) {
          case "GetProfiles" -> profiles(question, at.device());
          case "GetStreamUri" -> stream(question, at);
          default -> throw SoapFault.notSupported(question.name());
        };
    return parent("tr2:" + question.name() + "Response", content);
  }

  private static String profiles(SoapQuestion question, OnvifDevice device) {
    List<String> types = question.texts("Type");
    StringBuilder text = new StringBuilder();
    for (OnvifDevice.Profile profile : device.profiles()) {
      text.append("<tr2:Profiles fixed=\"true\" token=\"" + profile.token() + "\">")
          .append(element("tr2:Name", profile.token()))
          .append(configurations(types, device, profile))
          .append("</tr2:Profiles>");
    }
    return text.toString();
  }

  /** Only what is asked for, as the specification says. */
  private static String configurations(
      List<String> types, OnvifDevice device, OnvifDevice.Profile profile) {
    boolean all = types.contains("All");
    String source =
        all || types.contains("VideoSource")
            ? MediaService.source(device.camera().clip())
                .replace("tt:VideoSourceConfiguration", "tr2:VideoSource")
            : "";
    String encoder = all || types.contains("VideoEncoder") ? encoder(profile) : "";
    return source.isEmpty() && encoder.isEmpty()
        ? ""
        : parent("tr2:Configurations", source, encoder);
  }

  private static String encoder(OnvifDevice.Profile profile) {
    Clip clip = profile.source().clip();
    return "<tr2:VideoEncoder token=\"encoder-%s\" GovLength=\"%d\" Profile=\"Main\">"
            .formatted(profile.token(), Clip.RATE)
        + element("tt:Name", profile.token())
        + element("tt:UseCount", 1)
        + element("tt:Encoding", clip.codec().encoding())
        + MediaService.resolution(clip)
        + "<tt:RateControl ConstantBitRate=\"false\">"
        + element("tt:FrameRateLimit", Clip.RATE)
        + element("tt:BitrateLimit", 4096)
        + "</tt:RateControl>"
        + element("tt:Quality", 4)
        + "</tr2:VideoEncoder>";
  }

  private static String stream(SoapQuestion question, Whereabouts at) throws SoapFault {
    if (question.text("Protocol").isEmpty()) {
      throw SoapFault.wrong("ter:InvalidArgVal", "Protocol is missing");
    }
    OnvifDevice.Profile profile = at.device().profile(question.text("ProfileToken"));
    return element("tr2:Uri", at.stream(profile.source()));
  }
}
