// SPDX-License-Identifier: Apache-2.0
package istream.onvif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import istream.api.camera.Camera;
import istream.api.camera.CameraSearch;
import istream.api.camera.Credentials;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Answer;
import istream.onvif.find.Finder;
import istream.onvif.http.CertificatePins;
import istream.onvif.http.SocketHttpClient;
import istream.onvif.resolve.Resolver;
import istream.onvif.soap.Conversations;
import istream.onvif.soap.Dialogues;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All rooms together ask a device over a real connection. */
@Timeout(60)
final class AskingTest {
  private static final Credentials ADMIN = new Credentials("admin", "top <secret>");

  @TempDir Path directory;
  private final List<String> questions = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private Conversations conversations;
  private boolean refuses;

  @BeforeEach
  void serve() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.create(any, 10);
    server.createContext("/", this::answer);
    server.start();
    conversations =
        new Dialogues(new SocketHttpClient(new CertificatePins(directory)), Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/onvif/device_service";
  }

  private void answer(HttpExchange exchange) throws IOException {
    String question = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    questions.add(question);
    boolean refused = refuses && question.contains("Password");
    String body = refused ? fault() : body(question);
    byte[] bytes =
        ("<e:Envelope><e:Body>" + body + "</e:Body></e:Envelope>").getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(refused ? 400 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String fault() {
    return "<e:Fault><e:Code><e:Subcode><e:Value>ter:NotAuthorized</e:Value></e:Subcode></e:Code>"
        + "</e:Fault>";
  }

  /** A device that bends the standard: no prefix is declared, addresses are of another network. */
  private static String body(String question) {
    if (question.contains("GetSystemDateAndTime")) {
      return "<tds:GetSystemDateAndTimeResponse><tt:UTCDateTime><tt:Time><tt:Hour>1</tt:Hour>"
          + "<tt:Minute>2</tt:Minute><tt:Second>3</tt:Second></tt:Time><tt:Date><tt:Year>1985"
          + "</tt:Year><tt:Month>1</tt:Month><tt:Day>1</tt:Day></tt:Date></tt:UTCDateTime>"
          + "</tds:GetSystemDateAndTimeResponse>";
    }
    if (question.contains("GetServices")) {
      return "<tds:GetServicesResponse><tds:Service><tds:Namespace>"
          + "http://www.onvif.org/ver10/media/wsdl</tds:Namespace><tds:XAddr>"
          + "http://10.99.0.1/onvif/media</tds:XAddr></tds:Service></tds:GetServicesResponse>";
    }
    if (question.contains("GetProfiles")) {
      return "<trt:GetProfilesResponse><trt:Profiles token='main stream'><tt:Name>M</tt:Name>"
          + "<tt:VideoEncoderConfiguration><tt:Encoding>H264</tt:Encoding><tt:Resolution><tt:Width>"
          + "1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution>"
          + "</tt:VideoEncoderConfiguration></trt:Profiles></trt:GetProfilesResponse>";
    }
    if (question.contains("GetStreamUri")) {
      return "<trt:GetStreamUriResponse><tt:Uri>\n rtsp://0.0.0.0:8554/a?b=1&amp;amp;c=2 \n"
          + "</tt:Uri></trt:GetStreamUriResponse>";
    }
    if (question.contains("GetDeviceInformation")) {
      return "<tds:GetDeviceInformationResponse><tds:Manufacturer>Maker</tds:Manufacturer>"
          + "<tds:Model>M 1</tds:Model></tds:GetDeviceInformationResponse>";
    }
    return "<e:Fault><e:Code><e:Subcode><e:Value>ter:ActionNotSupported</e:Value></e:Subcode>"
        + "</e:Code></e:Fault>";
  }

  private FoundCamera find() throws Exception {
    Finder finder =
        Finder.over(
            new FakeDiscovery(),
            conversations,
            Optional::empty,
            new Finder.Habits(List.of(), Duration.ofSeconds(1)));
    CameraSearch search = new CameraSearch(List.of(), Optional.empty(), ADMIN, List.of(url()));
    return finder.find(search, line -> {}).cameras().get(0);
  }

  @Test
  void aDeviceTellsWhatItStreams() throws Exception {
    FoundCamera camera = find();
    assertEquals(Answer.READY, camera.answer(), camera.problem());
    assertEquals("main stream", camera.profiles().get(0).token());
    assertEquals("rtsp://127.0.0.1:8554/a?b=1&c=2", camera.profiles().get(0).uri());
    assertEquals("M 1", camera.make().model());
    String asked = String.join("\n", questions);
    assertTrue(asked.contains("1985-01-01T01:02:"), "the login has the device's time: " + asked);
    assertTrue(!asked.contains("secret"), "the password is not sent");
  }

  @Test
  void aConfiguredCameraIsAskedForItsStream() throws Exception {
    try (Resolver resolver = Resolver.over(new FakeDiscovery(), conversations, List.of())) {
      Camera camera = new Camera("front", "", url(), "", ADMIN, "main");
      assertEquals("rtsp://127.0.0.1:8554/a?b=1&c=2", resolver.resolve(camera));
    }
  }

  @Test
  void aWrongPasswordReachesTheDeviceAtMostTwice() throws Exception {
    refuses = true;
    FoundCamera camera = find();
    assertEquals(Answer.REFUSES_LOGIN, camera.answer(), camera.problem());
    assertTrue(camera.problem().contains("admin"), camera.problem());
    assertEquals(Answer.REFUSES_LOGIN, find().answer());
    long passwords = questions.stream().filter(it -> it.contains("Password")).count();
    assertTrue(passwords >= 1 && passwords <= 2, "passwords sent: " + passwords);
  }
}
