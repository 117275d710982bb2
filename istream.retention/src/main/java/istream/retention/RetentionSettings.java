// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.configuration.ConfigProblem;
import istream.api.configuration.ConfigReader;
import istream.api.configuration.Identifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * What the owner's file says.
 *
 * @param id of the policy; what its file is called if that names none
 * @param storage id of the storage that it keeps small
 * @param camera whose footage; empty for all
 * @param maxBytes to keep; empty for no limit
 * @param maxAge to keep; empty for no limit
 * @param interval between two looks
 * @param problems values that cannot be used; empty if all is well
 */
record RetentionSettings(
    String id,
    String storage,
    String camera,
    OptionalLong maxBytes,
    Optional<Duration> maxAge,
    Duration interval,
    List<ConfigProblem> problems) {
  /** Megabytes are those of disk makers everywhere in istream. */
  static final long MEGABYTE = 1_000_000;

  private static final long MOST_MEGABYTES = 1_000_000_000;
  private static final long MOST_HOURS = 1_000_000;
  private static final long MOST_SECONDS = 86_400;

  RetentionSettings {
    problems = List.copyOf(problems);
  }

  /** Reads a file's properties. */
  static RetentionSettings of(Map<String, ?> properties) {
    ConfigReader reader = new ConfigReader(RetentionComponent.Config.class, properties);
    String id = reader.requiredId();
    String storage = reader.required("storage", "the id of a storage");
    if (!storage.isEmpty() && !Identifier.isValid(storage)) {
      reader.refuse("storage", Identifier.ALLOWED);
    }
    String camera = reader.text("camera");
    if (!camera.isEmpty() && !Identifier.isValid(camera)) {
      reader.refuse("camera", Identifier.ALLOWED);
    }
    OptionalLong megabytes = limit(reader, "max.megabytes", MOST_MEGABYTES);
    OptionalLong hours = limit(reader, "max.hours", MOST_HOURS);
    long interval = reader.number("check.seconds", 1, MOST_SECONDS);
    return new RetentionSettings(
        id,
        storage,
        camera,
        megabytes.isPresent()
            ? OptionalLong.of(megabytes.getAsLong() * MEGABYTE)
            : OptionalLong.empty(),
        hours.isPresent() ? Optional.of(Duration.ofHours(hours.getAsLong())) : Optional.empty(),
        Duration.ofSeconds(interval),
        reader.problems());
  }

  private static OptionalLong limit(ConfigReader reader, String key, long most) {
    Optional<String> text = reader.optional(key);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= 1 && number <= most) {
        return OptionalLong.of(number);
      }
    } catch (NumberFormatException e) {
      // falls through to the same refusal as a number out of bounds
    }
    reader.refuse(key, "a whole number from 1 to " + most + ", or nothing for no limit");
    return OptionalLong.empty();
  }

  /** The budget in words. */
  String rule() {
    List<String> parts = new ArrayList<>();
    maxBytes.ifPresent(bytes -> parts.add("at most " + bytes / MEGABYTE + " MB"));
    maxAge.ifPresent(age -> parts.add("at most " + age.toHours() + " h"));
    return parts.isEmpty() ? "only when the storage is short of space" : String.join(", ", parts);
  }

  /** All problems in one line; empty if there is none. */
  String problem() {
    return problems.stream().map(ConfigProblem::message).collect(Collectors.joining("; "));
  }
}
