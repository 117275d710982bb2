// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.api.login.Challenge;
import istream.onvif.http.HttpAnswer;
import istream.onvif.soap.SoapFailure.Kind;
import istream.onvif.xml.ExcessiveXml;
import istream.onvif.xml.LenientXml;
import istream.onvif.xml.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What came back for a question, and what it means; the status counts less than the words. */
final class Reply {
  /** In a fault, letters only. */
  private static final Pattern REFUSAL =
      Pattern.compile(
          "notauthori[sz]ed|unauthori[sz]ed|authority|authenticat|accessdenied|mustunderstand"
              + "|invalidsecurity|failedcheck|messageexpired|(user|account)(is)?locked"
              + "|(wrong|invalid|bad|incorrect)(user(name)?(or|and)?)?password");

  private static final Pattern UNKNOWN =
      Pattern.compile(
          "actionnotsupported|(operation|method|service)(is)?notsupported|notimplemented"
              + "|notrecogni[sz]ed|(unknown|nosuch|invalid)(action|method|operation|service)"
              + "|(action|method|operation|service)notfound");

  /** The parts of an envelope, by which a device is known. */
  private static final List<String> SOAP =
      List.of("Envelope", "Fault", "SystemDateAndTime", "GetSystemDateAndTimeResponse");

  private final HttpAnswer answer;
  private final Node document;
  private final Optional<Node> wanted;
  private final Optional<Node> fault;

  private Reply(HttpAnswer answer, Node document, String operation) {
    this.answer = answer;
    this.document = document;
    this.wanted = document.first(operation + "Response");
    this.fault = wanted.isPresent() ? Optional.empty() : document.first("Fault");
  }

  /**
   * Reads an answer.
   *
   * @throws SoapFailure if there is too much in it
   */
  static Reply read(HttpAnswer answer, String operation) throws SoapFailure {
    try {
      return new Reply(answer, LenientXml.read(answer.body()), operation);
    } catch (ExcessiveXml e) {
      String cause = "the answer to " + operation + " cannot be read: " + e.getMessage();
      throw new SoapFailure(Kind.NONSENSE, cause, e);
    }
  }

  HttpAnswer answer() {
    return answer;
  }

  Node document() {
    return document;
  }

  /** Whether the device spoke SOAP at all. */
  boolean isSoap() {
    return SOAP.stream().anyMatch(name -> document.first(name).isPresent());
  }

  boolean isEmpty() {
    for (byte b : answer.body()) {
      if (b > ' ' || b < 0) {
        return false;
      }
    }
    return true;
  }

  /** Nothing came, with a status that promises more, or that says the request is not understood. */
  boolean isMute() {
    int status = answer.status();
    return isEmpty() && (status == 200 || status == 202 || status == 400);
  }

  /** The question was answered. */
  boolean isGood() {
    int status = answer.status();
    boolean fine = status == 0 || status / 100 == 2;
    return wanted.isPresent() || (fine && fault.isEmpty() && !isPage() && hasBody());
  }

  /** The login, or that there is none, is what stands in the way. */
  boolean isRefusal() {
    if (isGood()) {
      return false;
    }
    boolean status = answer.status() == 401 || answer.status() == 403;
    boolean page = fault.isEmpty() && letters(document).contains("unauthorized");
    return (status && !isUnknown()) || isRefusing() || page;
  }

  private boolean isRefusing() {
    return fault.filter(f -> REFUSAL.matcher(letters(f)).find()).isPresent();
  }

  /** The device does not know what such a token is. */
  boolean isStrangerToTokens() {
    return fault.filter(f -> letters(f).contains("mustunderstand")).isPresent();
  }

  private boolean isUnknown() {
    return fault.filter(f -> !isRefusing() && UNKNOWN.matcher(letters(f)).find()).isPresent();
  }

  /** There is no service at that path. */
  boolean isNowhere() {
    int status = answer.status();
    return fault.isEmpty() && !isGood() && (status == 404 || status == 405 || status == 410);
  }

  /** The device took the login, and stumbled over the question only. */
  boolean isAboutTheQuestion() {
    return fault.isPresent() || isNowhere() || answer.status() == 501;
  }

  /** The strongest challenge that may be answered: Basic only where nobody else can read it. */
  Optional<Challenge> challenge() {
    int least = answer.url().toLowerCase(Locale.ROOT).startsWith("https:") ? 1 : 2;
    return challenges().stream()
        .filter(c -> c.strength() >= least)
        .max(Comparator.comparingInt(Challenge::strength));
  }

  /** Whether it would take the password in clear only, over a connection that others can read. */
  boolean wantsClearPassword() {
    return challenge().isEmpty() && challenges().stream().anyMatch(c -> c.strength() == 1);
  }

  private List<Challenge> challenges() {
    return Challenge.parse(answer.all("www-authenticate"));
  }

  /** In its own words, in quotes. */
  String words() {
    String text = fault.map(Reply::reason).orElseGet(document::text);
    return text.isBlank() ? "status " + answer.status() : Words.quoted(text);
  }

  private static String reason(Node fault) {
    String reason = fault.text("Reason") + fault.text("faultstring");
    String words = (reason + " " + fault.text("Detail")).strip();
    return words.isEmpty() ? fault.text() : words;
  }

  /**
   * The answer to the question.
   *
   * @throws SoapFailure if there is none; a refusal is the caller's to explain
   */
  Node orThrow(String operation, ServiceUrl url) throws SoapFailure {
    if (isGood()) {
      return wanted.orElse(document);
    }
    String who = url + " ";
    if (isUnknown() || isNowhere() || answer.status() == 501) {
      throw new SoapFailure(Kind.UNSUPPORTED, who + "does not know " + operation + said(), null);
    }
    if (fault.isPresent()) {
      throw new SoapFailure(Kind.FAULT, who + "does not answer " + operation + said(), null);
    }
    if (isEmpty()) {
      String status = " with nothing, status " + answer.status();
      throw new SoapFailure(Kind.SILENT, who + "answers " + operation + status, null);
    }
    Kind kind = answer.status() >= 300 ? Kind.FAULT : Kind.NONSENSE;
    String status = " with no SOAP, status " + answer.status();
    throw new SoapFailure(kind, who + "answers " + operation + status + said(), null);
  }

  private String said() {
    return ": " + words();
  }

  private boolean isPage() {
    return document.first("html").isPresent();
  }

  private boolean hasBody() {
    return isSoap() || document.first("Body").isPresent();
  }

  private static String letters(Node node) {
    return node.text().replaceAll("[^A-Za-z]", "").toLowerCase(Locale.ROOT);
  }
}
