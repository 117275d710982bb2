// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceUrlTest {
  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.5/onvif/device_service, http://10.0.0.5/onvif/device_service, 10.0.0.5:80",
    "HTTPS://Cam.Local, https://cam.local/, cam.local:443",
    "http://10.0.0.5:080?a=b, http://10.0.0.5/?a=b, 10.0.0.5:80",
    "http://[FE80::1%25eth0]:8080/x, http://[fe80::1%25eth0]:8080/x, [fe80::1%25eth0]:8080",
    "http://user:secret@cam:81/x, http://cam:81/x, cam:81",
  })
  void tellsWhereAndWho(String url, String shown, String device) throws SoapFailure {
    assertEquals(shown, ServiceUrl.of(url).toString());
    assertEquals(device, ServiceUrl.of(url).device());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "cam", "ftp://cam/", "http://", "http://a:99999/", "http://cam/\r\nX: y"})
  void saysWhatAnAddressLooksLike(String url) {
    SoapFailure failure = assertThrows(SoapFailure.class, () -> ServiceUrl.of(url));
    assertEquals(SoapFailure.Kind.UNREACHABLE, failure.kind());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://u:secret@cam:99999/", "rtsp://u:secret@cam/"})
  void keepsAPasswordToItself(String url) {
    SoapFailure failure = assertThrows(SoapFailure.class, () -> ServiceUrl.of(url));
    assertFalse(failure.getMessage().contains("secret"), failure.getMessage());
  }
}
