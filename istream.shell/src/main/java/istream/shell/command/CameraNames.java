// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.FoundCamera;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Ids for cameras, made of what they call themselves. The same cameras get the same ids, in
 * whatever order they were found.
 */
final class CameraNames {
  private static final int LONGEST_BASE = 40;
  private static final int LONGEST_ENDING = 20;
  private static final int STEP = 4;

  private final Map<FoundCamera, String> names = new HashMap<>();
  private final Predicate<FoundCamera> known;
  private final Set<String> used;

  /**
   * Names them.
   *
   * @param taken ids that have a file
   * @param known those that have a file: they keep their ids, and count as namesakes
   * @param found all that were found
   */
  CameraNames(
      Collection<String> taken, Predicate<FoundCamera> known, Collection<FoundCamera> found) {
    this.known = known;
    used = new HashSet<>(taken);
    Map<String, List<FoundCamera>> namesakes = new TreeMap<>();
    found.stream()
        .sorted(
            Comparator.comparing(FoundCamera::endpoint)
                .thenComparing(CameraNames::address)
                .thenComparing(FoundCamera::onvifUrl))
        .forEach(it -> namesakes.computeIfAbsent(base(it), key -> new ArrayList<>()).add(it));
    namesakes.forEach(this::name);
  }

  /** The id for one of those that were found and have no file. */
  String of(FoundCamera camera) {
    return names.get(camera);
  }

  private void name(String base, List<FoundCamera> cameras) {
    if (cameras.size() == 1 && assign(cameras, camera -> base)) {
      return;
    }
    for (int length = STEP; length <= LONGEST_ENDING; length += STEP) {
      int letters = length;
      if (assign(cameras, camera -> joined(base, end(camera.endpoint(), letters)))) {
        return;
      }
    }
    if (!assign(cameras, it -> joined(base, Slug.of(address(it), LONGEST_ENDING)))) {
      cameras.forEach(camera -> assign(List.of(camera), it -> numbered(base)));
    }
  }

  /** Gives all of them these ids, or none: they must differ, and be free. */
  private boolean assign(List<FoundCamera> cameras, Function<FoundCamera, String> ids) {
    Map<String, FoundCamera> ways = new HashMap<>();
    for (FoundCamera camera : cameras) {
      String id = ids.apply(camera);
      boolean free = !id.isEmpty() && (known.test(camera) || !used.contains(id));
      if (!free || ways.putIfAbsent(id, camera) != null) {
        return false;
      }
    }
    ways.forEach((id, camera) -> names.put(camera, id));
    used.addAll(ways.keySet());
    return true;
  }

  private static String joined(String base, String ending) {
    return ending.isEmpty() ? "" : base + "-" + ending;
  }

  private String numbered(String base) {
    return Stream.iterate(2, number -> number + 1)
        .map(number -> base + "-" + number)
        .filter(id -> !used.contains(id))
        .findFirst()
        .orElseThrow();
  }

  private static String base(FoundCamera camera) {
    return Stream.of(camera.name(), camera.make().model())
        .map(text -> Slug.of(text, LONGEST_BASE))
        .filter(slug -> !Slug.isGeneric(slug))
        .findFirst()
        .orElseGet(() -> "camera-" + Slug.of(address(camera), LONGEST_BASE));
  }

  private static String address(FoundCamera camera) {
    return camera.routes().get(0).address();
  }

  /** The last letters and digits, often those that are printed on the camera. */
  private static String end(String endpoint, int length) {
    String tail = endpoint.substring(Math.max(0, endpoint.length() - 64));
    String plain = Slug.of(tail, 64).replaceAll("[-_]", "");
    return plain.substring(Math.max(0, plain.length() - length));
  }
}
