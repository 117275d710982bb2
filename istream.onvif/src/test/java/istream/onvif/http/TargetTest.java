// SPDX-License-Identifier: Apache-2.0
package istream.onvif.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an address leads. */
class TargetTest {
  private static Target target(String url) {
    return Target.of(url).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "http://Camera/, camera:80, camera, http://camera/",
    "http://camera, camera:80, camera, http://camera/",
    "HTTPS://camera:/a, camera:443, camera, https://camera/a",
    "http://camera:8899?x=1#y, camera:8899, camera:8899, http://camera:8899/?x=1",
    "http://[FE80::1%eth0]:80/a, [fe80::1%eth0]:80, [fe80::1], http://[fe80::1%eth0]/a",
    "https://[::1]:444/, [::1]:444, [::1]:444, https://[::1]:444/",
    "http://user:p@ss:w@10.0.0.9/a@b, 10.0.0.9:80, 10.0.0.9, http://10.0.0.9/a@b",
  })
  void readsAddresses(String url, String place, String header, String all) {
    assertEquals(place, target(url).place());
    assertEquals(header, target(url).hostHeader());
    assertEquals(all, target(url).url());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http",
        "http://",
        "http:///a",
        "ftp://a/",
        "http://a:0/",
        "http://a:65536/",
        "http://a\r\nb/",
        "http://[::1/",
        "http://a b/"
      })
  void refusesWhatIsNone(String url) {
    assertTrue(Target.of(url).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "https://b/c, https://b/c",
    "//b:81/c, http://b:81/c",
    "/c d, http://a/c%20d",
    "c?e, http://a/x/c?e",
  })
  void followsLocations(String location, String url) {
    Target from = target("http://a/x/y?z=/q");
    assertEquals(url, from.redirected(location).orElseThrow().url());
  }
}
