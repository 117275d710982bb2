// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import static istream.simulator.Soap.element;
import static istream.simulator.Soap.parent;

/** The first media service, which knows no H.265: ONVIF Media Service Specification. */
final class MediaService {
  private MediaService() {}

  static String answer(SoapQuestion question, Whereabouts at) throws SoapFault {
    String content =
        switch (question.name()) {
          case "GetProfiles" -> profiles(at.device());
          case "GetStreamUri" -> stream(question, at);
          default -> throw SoapFault.notSupported(question.name());
        };
    return parent("trt:" + question.name() + "Response", content);
  }

  private static String profiles(OnvifDevice device) {
    StringBuilder text = new StringBuilder();
    for (OnvifDevice.Profile profile : device.profiles()) {
      text.append("<trt:Profiles fixed=\"true\" token=\"" + profile.token() + "\">")
          .append(element("tt:Name", profile.token()))
          .append(source(device.camera().clip()))
          .append(encoder(profile))
          .append("</trt:Profiles>");
    }
    return text.toString();
  }

  /** The part of a profile that both media services describe alike. */
  static String source(Clip clip) {
    return "<tt:VideoSourceConfiguration token=\"source\">%s<tt:Bounds x=\"0\" y=\"0\" width=\"%d\" height=\"%d\"/></tt:VideoSourceConfiguration>"
        .formatted(
            element("tt:Name", "source")
                + element("tt:UseCount", 1)
                + element("tt:SourceToken", "video"),
            clip.width(),
            clip.height());
  }

  private static String encoder(OnvifDevice.Profile profile) {
    Clip clip = profile.source().clip();
    if (clip.codec() == Codec.H265) {
      return "";
    }
    return "<tt:VideoEncoderConfiguration token=\"encoder-"
        + profile.token()
        + "\">"
        + element("tt:Name", profile.token())
        + element("tt:UseCount", 1)
        + element("tt:Encoding", clip.codec().encoding())
        + resolution(clip)
        + element("tt:Quality", 4)
        + parent(
            "tt:RateControl",
            element("tt:FrameRateLimit", Clip.RATE),
            element("tt:EncodingInterval", 1),
            element("tt:BitrateLimit", 4096))
        + parent("tt:H264", element("tt:GovLength", Clip.RATE), element("tt:H264Profile", "Main"))
        + element("tt:SessionTimeout", "PT60S")
        + "</tt:VideoEncoderConfiguration>";
  }

  static String resolution(Clip clip) {
    return parent(
        "tt:Resolution", element("tt:Width", clip.width()), element("tt:Height", clip.height()));
  }

  private static String stream(SoapQuestion question, Whereabouts at) throws SoapFault {
    if (question.text("Stream").isEmpty() || question.text("Protocol").isEmpty()) {
      throw SoapFault.wrong("ter:InvalidStreamSetup", "StreamSetup lacks Stream or Protocol");
    }
    OnvifDevice.Profile profile = at.device().profile(question.text("ProfileToken"));
    return parent(
        "trt:MediaUri",
        element("tt:Uri", at.stream(profile.source())),
        element("tt:InvalidAfterConnect", "false"),
        element("tt:InvalidAfterReboot", "false"),
        element("tt:Timeout", "PT0S"));
  }
}
