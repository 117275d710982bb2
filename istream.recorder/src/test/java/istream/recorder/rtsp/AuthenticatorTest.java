// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.Credentials;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class AuthenticatorTest {
  private static final Credentials MUFASA = new Credentials("Mufasa", "Circle of Life");
  private static final String RFC_7616 =
      " realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=%s,"
          + " nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\","
          + " opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";

  private static Authenticator with(Credentials credentials) {
    return new Authenticator(credentials, () -> "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ");
  }

  private static String response(String header) {
    Matcher matcher = Pattern.compile("response=\"([^\"]*)\"").matcher(header);
    assertTrue(matcher.find(), header);
    return matcher.group(1);
  }

  private static String answer(Credentials credentials, String cnonce, String challenge) {
    Authenticator authenticator = new Authenticator(credentials, () -> cnonce);
    assertTrue(authenticator.challenged(List.of(challenge)));
    return authenticator.header("GET", "/dir/index.html");
  }

  @Test
  void answersTheExampleOfRfc2617() {
    String header =
        answer(
            new Credentials("Mufasa", "Circle Of Life"),
            "0a4f113b",
            "Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\","
                + " opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"");
    assertEquals("6629fae49393a05397450978507c4ef1", response(header));
    assertTrue(header.contains("nc=00000001"), header);
    assertTrue(header.contains("opaque=\"5ccc069c403ebaf9f0171e9517f40e41\""), header);
    assertFalse(header.contains("algorithm"), header);
  }

  @Test
  void answersTheExamplesOfRfc7616() {
    Authenticator md5 = with(MUFASA);
    assertTrue(md5.challenged(List.of("Digest" + String.format(RFC_7616, "MD5"))));
    assertEquals(
        "8ca523f5e9506fed4657c9700eebdbec", response(md5.header("GET", "/dir/index.html")));
    Authenticator sha = with(MUFASA);
    assertTrue(sha.challenged(List.of("Digest" + String.format(RFC_7616, "SHA-256"))));
    assertEquals(
        "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1",
        response(sha.header("GET", "/dir/index.html")));
  }

  @Test
  void answersTheOldWayWhenNoQualityIsOffered() {
    String header =
        answer(
            new Credentials("Mufasa", "CircleOfLife"),
            "unused",
            "Digest realm=\"testrealm@host.com\","
                + " nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"");
    assertEquals("1949323746fe6a43ef61f9606e7febea", response(header));
    assertFalse(header.contains("cnonce"), header);
  }

  @Test
  void answersSessionVariant() {
    // the value comes from another implementation of the formula, in Python
    String header = answer(MUFASA, "abc", "digest realm=r,nonce=n,algorithm=MD5-sess,qop=auth");
    assertEquals("a002d4222d88a82d61d4606de61ec81c", response(header));
    assertTrue(header.contains("algorithm=MD5-sess"), header);
    assertTrue(header.contains("cnonce=\"abc\""), header);
  }

  @Test
  void prefersTheStrongestOfSeveralChallengesInOneHeaderAndInMany() {
    String basic = "Basic realm=\"cam\"";
    String md5 = "Digest realm=\"cam, 1\", nonce=\"a\"";
    String sha = "Digest realm=\"cam, 2\", nonce=\"b\", algorithm=SHA-256";
    for (List<String> offer :
        List.of(
            List.of(basic + ", " + md5 + ", " + sha),
            List.of(basic, md5, sha),
            List.of(sha + " , " + md5, basic))) {
      Authenticator authenticator = with(MUFASA);
      assertTrue(authenticator.challenged(offer));
      String header = authenticator.header("DESCRIBE", "rtsp://h/");
      assertTrue(header.contains("realm=\"cam, 2\""), header);
    }
  }

  @Test
  void fallsBackOnceThenGivesUp() {
    List<String> offer = List.of("Digest realm=r, nonce=\"a\"", "Basic realm=\"r\"");
    Authenticator authenticator = with(MUFASA);
    assertTrue(authenticator.challenged(offer));
    assertTrue(authenticator.header("PLAY", "u").startsWith("Digest "));
    assertTrue(authenticator.challenged(offer));
    assertEquals("Basic TXVmYXNhOkNpcmNsZSBvZiBMaWZl", authenticator.header("PLAY", "u"));
    assertFalse(authenticator.challenged(offer));
  }

  @Test
  void takesTheNewNonceOfAStaleLogin() {
    Authenticator authenticator = with(MUFASA);
    for (int i = 0; i < 20; i++) {
      String nonce = "n" + i;
      assertTrue(
          authenticator.challenged(
              List.of("Digest realm=\"r\", nonce=\"" + nonce + "\"", "Basic realm=\"r\"")));
      assertTrue(authenticator.header("GET_PARAMETER", "u").contains("\"" + nonce + "\""));
      authenticator.accepted();
    }
  }

  @Test
  void hasNothingToSayWithoutLoginOrToUnknownSchemes() {
    assertFalse(with(Credentials.NONE).challenged(List.of("Basic realm=\"r\"")));
    assertFalse(with(MUFASA).challenged(List.of()));
    assertFalse(with(MUFASA).challenged(List.of("Negotiate", "Digest realm=\"no nonce\"")));
    assertFalse(with(MUFASA).challenged(List.of("Digest realm=r, nonce=n, algorithm=SHA3-512")));
    assertEquals("", with(MUFASA).header("OPTIONS", "u"));
  }

  @Test
  void escapesNamesWithQuotes() {
    String header = answer(new Credentials("a\"b\\c", "p"), "c", "Digest realm=r, nonce=n");
    assertTrue(header.contains("username=\"a\\\"b\\\\c\""), header);
  }

  @Test
  void readsDamagedChallenges() {
    for (String challenge :
        List.of(
            "Digest realm=\"r\" nonce=\"n\"",
            "DIGEST  Realm = r ,NONCE=n==",
            "Digest realm=\"r\", nonce=\"n",
            ",, Digest realm=\"\",nonce='n', stale=FALSE,")) {
      assertTrue(with(MUFASA).challenged(List.of(challenge)), challenge);
    }
  }

  @Test
  void survivesEndlessChallenges() {
    String escapes = "Digest realm=\"" + "\\\\a".repeat(20_000) + "\", nonce=\"n\"";
    assertTrue(with(MUFASA).challenged(List.of(escapes, "Basic " + "a=b,".repeat(15_000))));
    assertTrue(with(MUFASA).challenged(List.of("Basic realm=\"" + "x".repeat(60_000))));
  }

  @Test
  void readsQuotesInARealm() {
    String header = answer(MUFASA, "c", "Digest realm=\"a \\\"b\\\", c\", nonce=\"n\"");
    assertTrue(header.contains("realm=\"a \\\"b\\\", c\""), header);
  }

  @Test
  void sendsNamesAsUtf8() {
    String header = answer(new Credentials("Jürgen", "grün"), "c", "Basic realm=x");
    assertEquals("Basic SsO8cmdlbjpncsO8bg==", header);
    header = answer(new Credentials("Jürgen", "grün"), "c", "Digest realm=r, nonce=n");
    assertTrue(header.contains("username=\"J\u00c3\u00bcrgen\""), header);
    assertEquals("7f2331d1fa98137b8613518a230adea5", response(header));
  }
}
