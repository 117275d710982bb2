// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class UsernameTokenTest {
  private static final byte[] NONCE = Base64.getDecoder().decode("LKqI6G/AikKCQrN0zqZFlg==");

  @Test
  void isTheExampleOfTheProgrammersGuide() {
    Credentials login = new Credentials("user", "userpassword");
    String token = UsernameToken.of(login, NONCE, Instant.parse("2010-09-16T07:50:45.678Z"));
    assertTrue(token.contains(">tuOSpGlFlIXsozq4HFNeeGeFLEI=</wsse:Password>"), token);
    assertTrue(token.contains(">LKqI6G/AikKCQrN0zqZFlg==</wsse:Nonce>"), token);
    assertTrue(token.contains("<wsu:Created>2010-09-16T07:50:45Z</wsu:Created>"), token);
  }

  @Test
  void keepsTheMarkupWholeWhateverTheUserIsCalled() {
    Credentials login = new Credentials("a<b>&\"'\u0001ü😀", "x");
    String token = UsernameToken.of(login, NONCE, Instant.EPOCH);
    String user = FakeDevice.part(token, "<wsse:Username>(.*?)</wsse:Username>");
    assertEquals("a&lt;b&gt;&amp;&quot;&apos;ü😀", user);
  }
}
