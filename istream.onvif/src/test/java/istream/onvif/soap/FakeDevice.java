// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.api.camera.Credentials;
import istream.api.login.Challenge;
import istream.onvif.http.HttpAnswer;
import istream.onvif.http.HttpClient;
import istream.onvif.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A device that notes what it is asked, and answers as the test wants. */
final class FakeDevice implements HttpClient {
  static final Credentials LOGIN = new Credentials("ad<min", "p&ss \"wörd\"");
  static final String NOT_AUTHORIZED =
      fault("Sender", "ter:NotAuthorized", "Sender not authorized");

  final List<HttpRequest> requests = new ArrayList<>();
  private final Behaviour behaviour;

  /** What it does at a request. */
  interface Behaviour {
    HttpAnswer answer(HttpRequest request) throws SoapFailure;
  }

  FakeDevice(Behaviour behaviour) {
    this.behaviour = behaviour;
  }

  @Override
  public HttpAnswer post(HttpRequest request, long deadline) throws SoapFailure {
    requests.add(request);
    return behaviour.answer(request);
  }

  List<HttpRequest> withPassword() {
    return requests.stream().filter(FakeDevice::bearsPassword).toList();
  }

  List<String> operations() {
    return requests.stream().map(FakeDevice::operation).toList();
  }

  static boolean bearsPassword(HttpRequest request) {
    return request.headers().containsKey("Authorization") || request.body().contains("Password");
  }

  static String operation(HttpRequest request) {
    return part(request.body(), "<x:([A-Za-z]+)[/>]");
  }

  /** Whether the token is of the login, and made at the time, to five seconds. */
  static boolean tokenFits(HttpRequest request, Instant time) {
    String created = part(request.body(), "<wsu:Created>(.*?)<");
    byte[] nonce = Base64.getDecoder().decode(part(request.body(), "<wsse:Nonce [^>]*>(.*?)<"));
    return request.body().contains("<wsse:Username>ad&lt;min</wsse:Username>")
        && part(request.body(), "PasswordDigest\">(.*?)<")
            .equals(UsernameToken.digest(nonce, created, LOGIN.password()))
        && Math.abs(Instant.parse(created).getEpochSecond() - time.getEpochSecond()) <= 5;
  }

  /** Whether the answer to the challenge is of the login. */
  static boolean answerFits(HttpRequest request, String challenge, int count) {
    String header = request.headers().getOrDefault("Authorization", "");
    String client = part(header, "cnonce=\"(.*?)\"");
    String path = request.url().replaceFirst("https?://[^/]+", "");
    return header.equals(
        Challenge.parse(List.of(challenge))
            .get(0)
            .answer(new Challenge.Request("POST", path, request.body()), LOGIN, client, count));
  }

  static HttpAnswer answer(HttpRequest request, int status, String body, String... challenges) {
    List<HttpAnswer.Header> headers = new ArrayList<>();
    for (String challenge : challenges) {
      headers.add(new HttpAnswer.Header("www-authenticate", challenge));
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new HttpAnswer(request.url(), status, headers, bytes);
  }

  static HttpAnswer good(HttpRequest request) {
    return answer(request, 200, envelope("<tds:" + operation(request) + "Response/>"));
  }

  static HttpAnswer clock(HttpRequest request, Instant time) {
    Map<String, String> parts = parts(time);
    StringBuilder date = new StringBuilder();
    parts.forEach((k, v) -> date.append("<tt:" + k + ">" + v + "</tt:" + k + ">"));
    return answer(
        request,
        200,
        envelope(
            "<tds:GetSystemDateAndTimeResponse><tt:UTCDateTime>"
                + (date + "</tt:UTCDateTime></tds:GetSystemDateAndTimeResponse>")));
  }

  private static Map<String, String> parts(Instant time) {
    String[] parts = time.toString().split("[-T:Z.]", -1);
    return Map.of(
        "Year", parts[0], "Month", parts[1], "Day", parts[2], "Hour", parts[3], "Minute", parts[4],
        "Second", parts[5]);
  }

  static Behaviour failing(SoapFailure failure) {
    return request -> {
      throw failure;
    };
  }

  static String fault(String code, String subcode, String reason) {
    return envelope(
        ("<s:Fault><s:Code><s:Value>s:" + code + "</s:Value><s:Subcode><s:Value>" + subcode)
            + ("</s:Value></s:Subcode></s:Code><s:Reason><s:Text>" + reason)
            + "</s:Text></s:Reason></s:Fault>");
  }

  static String envelope(String body) {
    return "<s:Envelope><s:Body>" + body + "</s:Body></s:Envelope>";
  }

  static String part(String text, String pattern) {
    Matcher part = Pattern.compile(pattern).matcher(text);
    return part.find() ? part.group(1) : "";
  }
}
