// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to probes, as they come. */
class ProbeReaderTest {
  private static final String CAMERA =
      "<w:EndpointReference><a:Address>urn:uuid:1</a:Address></w:EndpointReference>"
          + "<d:Types>dn:NetworkVideoTransmitter</d:Types>"
          + "<d:Scopes>onvif://www.onvif.org/name/Gate onvif://www.onvif.org/type/ptz</d:Scopes>"
          + "<d:XAddrs>http://192.168.1.5/onvif/device_service \n http://[fe80::1]/x </d:XAddrs>";
  private static final Sighting SIGHTING =
      new Sighting(
          "urn:uuid:1",
          "eth0",
          "192.168.1.5",
          List.of("http://192.168.1.5/onvif/device_service", "http://[fe80::1]/x"),
          List.of("onvif://www.onvif.org/name/Gate", "onvif://www.onvif.org/type/ptz"));

  private static List<Sighting> read(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return ProbeReader.read(new Datagram("eth0", "192.168.1.5", bytes));
  }

  private static String answer(String announcement) {
    return "<?xml version=\"1.0\"?><s:Envelope><s:Header><a:ReplyTo><a:Address>anonymous"
        + "</a:Address></a:ReplyTo></s:Header><s:Body>"
        + announcement
        + "</s:Body></s:Envelope>";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<d:ProbeMatches><d:ProbeMatch>%s</d:ProbeMatch></d:ProbeMatches>",
        "<x:probematches><x:PROBEMATCH>%s</x:PROBEMATCH></x:probematches>",
        "<d:Hello>%s</d:Hello>",
        "<d:ResolveMatches><d:ResolveMatch>%s</d:ResolveMatch></d:ResolveMatches>",
        "<d:ProbeMatches>%s</d:ProbeMatches>",
        "<Something>%s</Something>",
        "<d:ProbeMatches><d:ProbeMatch>%s"
      })
  void aDeviceIsReadFromWhateverAnnouncesIt(String announcement) {
    assertEquals(List.of(SIGHTING), read(answer(String.format(announcement, CAMERA))));
  }

  @Test
  void oneDatagramMayTellOfSeveral() {
    String match = "<d:ProbeMatch>" + CAMERA + "</d:ProbeMatch>";
    String both = match + match.replace("uuid:1", "uuid:2");
    List<String> endpoints = read(answer(both)).stream().map(Sighting::endpoint).toList();
    assertEquals(List.of("urn:uuid:1", "urn:uuid:2"), endpoints);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<Types>dn:NetworkVideoTransmitter</Types>",
        "<Types>tds:Device</Types><Scopes>onvif://www.onvif.org/Profile/T</Scopes>",
        "<Types/><XAddrs>http://192.168.1.5:8899/onvif/device_service</XAddrs>"
      })
  void oneSignOfOnvifIsEnough(String sign) {
    assertEquals(1, read(answer("<ProbeMatch>" + sign + "</ProbeMatch>")).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\0\1\2junk",
        "<a>",
        "<s:Fault>onvif MatchingRuleNotSupported</s:Fault>",
        "<d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe>",
        "<d:ProbeMatch><d:Types>wsdp:Device wprt:PrintDeviceType</d:Types>"
            + "<d:XAddrs>http://192.168.1.9:80/WebServices/Device</d:XAddrs></d:ProbeMatch>",
        "<d:ProbeMatch><d:Types>wsdp:Device pub:Computer</d:Types>"
            + "<d:XAddrs>http://192.168.1.8:5357/0ef1/</d:XAddrs></d:ProbeMatch>"
      })
  void printersComputersAndJunkAreLeftOut(String text) {
    assertEquals(List.of(), read(text));
    assertEquals(List.of(), read(answer(text)));
  }

  @Test
  void whatOneDatagramTellsIsBounded() {
    String many = ("<ProbeMatch>" + CAMERA + "</ProbeMatch>").repeat(150);
    assertEquals(64, read(answer(many)).size());
    Sighting large =
        read(answer(
                "<ProbeMatch>"
                    + CAMERA.replace("uuid:1", "e".repeat(9000)).replace("Gate", "g".repeat(9000))
                    + "<XAddrs>onvif</XAddrs></ProbeMatch>"))
            .get(0);
    assertTrue(large.endpoint().length() <= 256, large.endpoint());
    assertTrue(large.scopes().stream().allMatch(scope -> scope.length() <= 256));
  }
}
