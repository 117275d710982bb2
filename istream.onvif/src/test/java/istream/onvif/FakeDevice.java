// SPDX-License-Identifier: Apache-2.0
package istream.onvif;

import istream.api.camera.Credentials;
import istream.api.camera.FoundCamera.Make;
import istream.api.camera.FoundCamera.Route;
import istream.api.camera.StreamProfile;
import istream.onvif.discovery.Device;
import istream.onvif.media.Inquiry;
import istream.onvif.soap.Conversation;
import istream.onvif.soap.Conversations;
import istream.onvif.soap.Question;
import istream.onvif.soap.SoapFailure;
import istream.onvif.soap.SoapFailure.Kind;
import istream.onvif.xml.Node;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Devices by the URL of their service: some answer, some refuse, some never say a word. */
public final class FakeDevice implements Conversations {
  private final Map<String, Kind> refusals = new ConcurrentHashMap<>();
  private final Map<String, CountDownLatch> silent = new ConcurrentHashMap<>();
  private final Map<String, Credentials> opened = new ConcurrentHashMap<>();

  /** A device that answers there. */
  public FakeDevice answers(String url) {
    refusals.remove(url);
    silent.remove(url);
    return this;
  }

  /** A device whose profiles cannot be had, or with {@code UNREACHABLE} no device. */
  public FakeDevice refuses(String url, Kind kind) {
    refusals.put(url, kind);
    return this;
  }

  /** A device that takes questions and does not answer until the latch opens. */
  public CountDownLatch isSilent(String url) {
    return silent.computeIfAbsent(url, any -> new CountDownLatch(1));
  }

  /** With what that device was asked; null if it was not. */
  public Credentials opened(String url) {
    return opened.get(url);
  }

  /** A device on {@code eth0}, at the host of its URLs. */
  public static Device device(int number, String endpoint, String address, String... urls) {
    return new Device(
        number,
        endpoint,
        "cam" + number,
        "",
        List.of(new Route("eth0", address)),
        List.of(urls),
        "");
  }

  @Override
  public Conversation open(String url, Credentials credentials, long deadline) throws SoapFailure {
    CountDownLatch latch = silent.get(url);
    if (latch != null) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new SoapFailure(Kind.SILENT, url + " was not waited for", e);
      }
    }
    if (refusals.get(url) == Kind.UNREACHABLE) {
      throw new SoapFailure(Kind.UNREACHABLE, url + " cannot be reached", null);
    }
    opened.put(url, credentials);
    return new Talk(url);
  }

  /** What is asked of an open conversation. */
  public Inquiry inquiry(Conversation conversation) {
    return new Facts(conversation.deviceUrl());
  }

  private record Talk(String deviceUrl) implements Conversation {
    @Override
    public Node ask(String url, Question question) {
      throw new UnsupportedOperationException("these tests ask no single question");
    }
  }

  private final class Facts implements Inquiry {
    private final String url;

    private Facts(String url) {
      this.url = url;
    }

    @Override
    public Make make() {
      return new Make("Maker", "Model", "1");
    }

    @Override
    public List<StreamProfile> profiles() throws SoapFailure {
      Kind kind = refusals.get(url);
      if (kind != null) {
        throw new SoapFailure(kind, url + " says " + kind, null);
      }
      return List.of(
          new StreamProfile("a", "big", "H.264", 1920, 1080, ""),
          new StreamProfile("b", "small", "H.264", 640, 360, ""));
    }

    @Override
    public String streamUri(String token) {
      return url.replaceFirst("^http", "rtsp") + "/" + token;
    }
  }
}
