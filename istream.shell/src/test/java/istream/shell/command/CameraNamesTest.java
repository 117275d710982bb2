// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.camera.FoundCamera;
import istream.api.configuration.Identifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraNamesTest {
  private static String named(String name, String model) {
    FoundCamera camera = Found.camera("192.0.2.7").name(name).model(model).get();
    return new CameraNames(Set.of(), it -> false, List.of(camera)).of(camera);
  }

  @ParameterizedTest
  @CsvSource({
    "Front Door,front-door",
    "Caf\u00e9 M\u00fcller 2,cafe-muller-2",
    "Stra\u00dfe,strasse",
    "\u0141\u00f3d\u017a,lodz",
    "\uff21\uff22\uff23,abc",
    "  _garage-  ,garage",
    "../../etc/passwd,etc-passwd",
    "'x\nenabled = false',x-enabled-false",
    "IPCAM,x1000",
    "Network Camera,x1000",
    "\u5927\u9580,x1000",
    "\ud83d\ude00,x1000",
    "'',x1000"
  })
  void aNameBecomesAnId(String name, String id) {
    assertEquals(id, named(name, "X1000"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "IP Camera", "\u5927\u9580", "---"})
  void withoutAnyNameItIsTheAddress(String name) {
    assertEquals("camera-192-0-2-7", named(name, name));
  }

  @Test
  void anEndlessNameIsCut() {
    assertEquals("a".repeat(40), named("a".repeat(10_000), ""));
    assertTrue(Identifier.isValid(named("\u0149".repeat(10_000), "")));
  }

  private static Map<FoundCamera, String> names(Set<String> taken, List<FoundCamera> found) {
    CameraNames names = new CameraNames(taken, it -> false, found);
    Map<FoundCamera, String> ids = new HashMap<>();
    found.forEach(camera -> ids.put(camera, names.of(camera)));
    return ids;
  }

  @Test
  void namesakesAreToldApartByTheirEndpointsInWhateverOrder() {
    FoundCamera one = Found.camera("192.0.2.1").name("Yard").endpoint("urn:uuid:a-00AA12").get();
    FoundCamera two = Found.camera("192.0.2.2").name("yard").endpoint("urn:uuid:a-00BB34").get();
    Map<FoundCamera, String> expected = Map.of(one, "yard-aa12", two, "yard-bb34");
    assertEquals(expected, names(Set.of(), List.of(one, two)));
    assertEquals(expected, names(Set.of(), List.of(two, one)));
  }

  @Test
  void asManyLettersAsAreNeeded() {
    FoundCamera one = Found.camera("192.0.2.1").name("Yard").endpoint("urn:1-ab12").get();
    FoundCamera two = Found.camera("192.0.2.2").name("Yard").endpoint("urn:2-ab12").get();
    assertEquals(
        Map.of(one, "yard-urn1ab12", two, "yard-urn2ab12"), names(Set.of(), List.of(one, two)));
  }

  @Test
  void withOneEndpointForBothItIsTheAddress() {
    FoundCamera one = Found.camera("192.0.2.1").name("Yard").get();
    FoundCamera two = Found.camera("192.0.2.2").name("Yard").get();
    Map<FoundCamera, String> expected = Map.of(one, "yard-192-0-2-1", two, "yard-192-0-2-2");
    assertEquals(expected, names(Set.of(), List.of(one, two)));
    FoundCamera silent = Found.camera("192.0.2.1").name("Yard").endpoint("").get();
    assertEquals(Map.of(silent, "yard-192-0-2-1"), names(Set.of("yard"), List.of(silent)));
  }

  @Test
  void anIdThatHasAFileIsNotTaken() {
    FoundCamera camera = Found.camera("192.0.2.1").name("Yard").endpoint("urn:uuid:00aa12").get();
    assertEquals(Map.of(camera, "yard-aa12"), names(Set.of("yard"), List.of(camera)));
    Set<String> taken = Set.of("yard", "yard-aa12", "yard-id00aa12");
    assertTrue(names(taken, List.of(camera)).get(camera).startsWith("yard-"));
    assertTrue(!taken.contains(names(taken, List.of(camera)).get(camera)));
  }

  @Test
  void aNamesakeThatComesLaterIsCalledAsIfBothHadComeAtOnce() {
    FoundCamera one = Found.camera("192.0.2.1").name("Yard").endpoint("urn:uuid:00aa12").get();
    FoundCamera two = Found.camera("192.0.2.2").name("Yard").endpoint("urn:uuid:00bb34").get();
    CameraNames names =
        new CameraNames(Set.of("yard-aa12"), camera -> camera.equals(one), List.of(two, one));
    assertEquals("yard-bb34", names.of(two));
  }

  @Test
  void allIdsAreValidAndDifferentInWhateverOrder() {
    Random random = new Random(3);
    String[] words = {"", "Yard", "yard-192-0-2-1", "yard-2", "IPC", "a".repeat(100), "\u00e4!"};
    for (int round = 0; round < 200; round++) {
      List<FoundCamera> found = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        found.add(
            Found.camera("192.0.2." + random.nextInt(3))
                .name(words[random.nextInt(words.length)])
                .model(words[random.nextInt(words.length)])
                .endpoint(random.nextBoolean() ? "urn:" + random.nextInt(4) : "")
                .url("http://192.0.2.1:" + (8000 + i) + "/")
                .get());
      }
      Set<String> taken = Set.of("yard", "yard-3");
      Map<FoundCamera, String> ids = names(taken, found);
      assertEquals(found.size(), new HashSet<>(ids.values()).size(), ids.toString());
      assertTrue(ids.values().stream().allMatch(Identifier::isValid), ids.toString());
      assertTrue(Collections.disjoint(ids.values(), taken), ids.toString());
      Collections.shuffle(found, random);
      assertEquals(ids, names(taken, found));
    }
  }
}
