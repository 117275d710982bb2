// SPDX-License-Identifier: Apache-2.0
package istream.onvif.find;

import istream.api.camera.Credentials;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Answer;
import istream.api.camera.FoundCamera.Make;
import istream.api.camera.StreamProfile;
import istream.onvif.discovery.Device;
import istream.onvif.media.Inquiry;
import istream.onvif.soap.Conversation;
import istream.onvif.soap.Conversations;
import istream.onvif.soap.SoapFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Asks a device what it is and what it streams. Any thread may call. */
final class Interview {
  private static final int MOST_PROFILES = 16;

  private final Conversations conversations;
  private final Function<Conversation, Inquiry> inquiries;
  private final CodecCheck codecs;
  private final LongSupplier nanoTime;

  Interview(
      Conversations conversations,
      Function<Conversation, Inquiry> inquiries,
      CodecCheck codecs,
      LongSupplier nanoTime) {
    this.conversations = conversations;
    this.inquiries = inquiries;
    this.codecs = codecs;
    this.nanoTime = nanoTime;
  }

  /** What a device is before it is asked: all that is told if it never answers. */
  static FoundCamera unasked(Device device) {
    boolean clash = !device.clash().isEmpty();
    String problem =
        clash
            ? device.clash()
            : "it was seen at " + device.routes().get(0).address() + ", but did not answer in time";
    return found(
        device,
        device.urls().get(0),
        clash ? Answer.AMBIGUOUS : Answer.UNREACHABLE,
        Make.UNKNOWN,
        List.of(),
        problem);
  }

  /** Asks; blocks, at most until the deadline. */
  FoundCamera ask(Device device, Credentials credentials, long deadline) {
    if (!device.clash().isEmpty()) {
      return unasked(device);
    }
    Conversation conversation;
    try {
      conversation = open(device, credentials, deadline);
    } catch (SoapFailure e) {
      return found(
          device,
          device.urls().get(0),
          Answer.UNREACHABLE,
          Make.UNKNOWN,
          List.of(),
          unreachable(device, e));
    }
    return ask(device, conversation, credentials);
  }

  private static String unreachable(Device device, SoapFailure failure) {
    String seen = device.routes().get(0).networkInterface();
    return seen.isEmpty()
        ? failure.getMessage()
        : "it was seen on " + seen + ", but cannot be asked: " + failure.getMessage();
  }

  private Conversation open(Device device, Credentials credentials, long deadline)
      throws SoapFailure {
    SoapFailure first = null;
    for (String url : device.urls()) {
      if (first != null && deadline - nanoTime.getAsLong() <= 0) {
        break;
      }
      try {
        return conversations.open(url, credentials, deadline);
      } catch (SoapFailure e) {
        first = first == null ? e : first;
      }
    }
    throw first;
  }

  private FoundCamera ask(Device device, Conversation conversation, Credentials credentials) {
    Inquiry inquiry = inquiries.apply(conversation);
    String url = conversation.deviceUrl();
    List<StreamProfile> profiles;
    try {
      profiles = inquiry.profiles();
    } catch (SoapFailure e) {
      return found(device, url, answer(e), make(inquiry, e), List.of(), e.getMessage());
    }
    List<StreamProfile> located = new ArrayList<>();
    String problem = "";
    for (StreamProfile profile : profiles.subList(0, Math.min(MOST_PROFILES, profiles.size()))) {
      try {
        located.add(at(profile, inquiry.streamUri(profile.token())));
      } catch (SoapFailure e) {
        problem = problem.isEmpty() ? e.getMessage() : problem;
        located.add(profile);
      }
    }
    CodecCheck.Result checked = codecs.check(located, credentials);
    return found(
        device,
        url,
        Answer.READY,
        inquiry.make(),
        checked.profiles(),
        problem.isEmpty() ? checked.problem() : problem);
  }

  private static StreamProfile at(StreamProfile it, String uri) {
    return new StreamProfile(it.token(), it.name(), it.codec(), it.width(), it.height(), uri);
  }

  /** A login that was refused is not tried on another question. */
  private static Make make(Inquiry inquiry, SoapFailure failure) {
    return answer(failure) == Answer.FAULTY ? inquiry.make() : Make.UNKNOWN;
  }

  private static Answer answer(SoapFailure failure) {
    return switch (failure.kind()) {
      case NEEDS_LOGIN -> Answer.NEEDS_LOGIN;
      case REFUSES_LOGIN -> Answer.REFUSES_LOGIN;
      case UNREACHABLE -> Answer.UNREACHABLE;
      case SILENT, UNSUPPORTED, FAULT, NONSENSE -> Answer.FAULTY;
    };
  }

  private static FoundCamera found(
      Device device,
      String url,
      Answer answer,
      Make make,
      List<StreamProfile> profiles,
      String problem) {
    Make known =
        make.model().isEmpty()
            ? new Make(make.manufacturer(), device.hardware(), make.serial())
            : make;
    return new FoundCamera(
        device.name(), device.endpoint(), device.routes(), url, answer, known, profiles, problem);
  }
}
