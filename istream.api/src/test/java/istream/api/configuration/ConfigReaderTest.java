// SPDX-License-Identifier: Apache-2.0
package istream.api.configuration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about a file, and what is kept from sight. */
final class ConfigReaderTest {
  @interface Config {
    String url() default "";

    String _password() default "";

    int segment_seconds() default 60;
  }

  private static ConfigReader reader(String... pairs) {
    Map<String, Object> properties = new HashMap<>();
    properties.put("service.pid", "istream.camera~front");
    for (int i = 0; i < pairs.length; i += 2) {
      properties.put(pairs[i], pairs[i + 1]);
    }
    return new ConfigReader(Config.class, properties);
  }

  private static List<String> messages(ConfigReader reader) {
    return reader.problems().stream().map(ConfigProblem::message).toList();
  }

  private static ConfigReader named(String pid) {
    return new ConfigReader(Config.class, Map.of("service.pid", pid));
  }

  @Test
  void theIdIsWhatFollowsTheFirstHyphenOfTheFilesName() {
    ConfigReader reader = named("istream.camera~front-door");
    assertEquals("front-door", reader.requiredId());
    assertEquals("istream.camera-front-door.cfg", reader.file());
    assertEquals(List.of(), messages(reader));
  }

  @ParameterizedTest
  @CsvSource({
    "istream.camera, istream.camera.cfg, istream.camera",
    "istream.camera~, istream.camera-.cfg, istream.camera-",
    "istream.camera~Front, istream.camera-Front.cfg, Front"
  })
  void aFileNameWithoutAUsableIdIsAProblemAndIsShown(String pid, String file, String shown) {
    ConfigReader reader = named(pid);
    assertEquals(shown, reader.requiredId());
    assertEquals(
        List.of(
            file
                + ": (the file's name) \""
                + shown
                + "\" cannot be used; allowed: istream.camera-ID.cfg, where ID is made of "
                + Identifier.ALLOWED),
        messages(reader));
  }

  @Test
  void aFileThatNeedsNoIdIsNotAskedForOne() {
    assertEquals(List.of(), messages(named("istream.onvif")));
  }

  @Test
  void anUnknownKeyIsNamedWithItsValueAndTheKnownOnes() {
    assertEquals(
        List.of(
            "istream.camera-front.cfg: segment.secs \"5\" cannot be used; allowed: one of the keys"
                + " .password, segment.seconds, url"),
        messages(reader("segment.secs", "5")));
  }

  @ParameterizedTest
  @CsvSource({"password", "Passwort", "pasword", ".pasword", "rtsp.passwd", "camera.pw", "token"})
  void anUnknownKeyThatResemblesASecretHidesItsValueAndHints(String key) {
    String message = messages(reader(key, "s3cret")).get(0);
    assertTrue(message.startsWith("istream.camera-front.cfg: " + key + " \"***\""), message);
    assertTrue(message.endsWith("; did you mean .password?"), message);
  }

  @ParameterizedTest
  @CsvSource({"rtsp://u:s3cret@h/1", "rtsp://h/user=admin_password=s3cret_channel=1", "u:s3cret@h"})
  void anUnknownKeyHidesAValueThatHoldsALogin(String value) {
    String message = messages(reader("ulr", value)).get(0);
    assertTrue(message.startsWith("istream.camera-front.cfg: ulr \"***\""), message);
    assertFalse(message.contains("did you mean"), message);
  }

  @Test
  void aRefusedValueHidesALoginToo() {
    ConfigReader reader = reader("url", "rtsp://u:s3cret@h/1", ".password", "s3cret");
    reader.refuse("url", "another one");
    reader.refuse(".password", "a longer one");
    assertEquals(2, reader.problems().size());
    assertFalse(messages(reader).toString().contains("s3cret"), messages(reader).toString());
  }

  @Test
  void aVariableWithoutValueIsRefusedInAnyKeyAndSaysWhatToDo() {
    assertEquals(
        List.of(
            "istream.camera-front.cfg: .password \"$[env:FRONT]\" cannot be used; allowed: a variable"
                + " that has a value; FRONT has none: set it in the environment of istream, and"
                + " start that anew"),
        messages(reader(".password", "$[env:FRONT]")));
    String secret = messages(reader("url", "rtsp://u:s3cret@h/$[secret:front.path]")).get(0);
    assertTrue(secret.contains("url \"$[secret:front.path]\" cannot be used"), secret);
    assertTrue(secret.contains("into a file of that name"), secret);
    String property = messages(reader("url", "rtsp://$[prop:front.host;type=String]/1")).get(0);
    assertTrue(property.contains("-Dfront.host="), property);
    assertEquals(List.of(), messages(reader(".password", "$[x]$(env:y)${env:z}[env:a]")));
  }

  @Test
  void aVariableWithoutValueIsTheOnlyProblemOfItsKey() {
    ConfigReader reader = reader("segment.seconds", "$[env:SECONDS]");
    assertEquals(60, reader.number("segment.seconds", 2, 3600));
    assertEquals(1, reader.problems().size(), messages(reader).toString());
  }

  @Test
  void aMissingValueIsMissingAndNotHidden() {
    ConfigReader reader = reader();
    reader.required(".password", "a password");
    assertEquals(
        List.of("istream.camera-front.cfg: .password is missing; allowed: a password"),
        messages(reader));
  }
}
