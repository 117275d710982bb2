// SPDX-License-Identifier: Apache-2.0
package istream.onvif;

import istream.api.configuration.ConfigProblem;
import istream.api.configuration.ConfigReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the owner's file says.
 *
 * @param interfaces to look on; empty for all usable ones
 * @param time to listen in a search
 * @param problems values that cannot be used; empty if all is well
 */
record OnvifSettings(List<String> interfaces, Duration time, List<ConfigProblem> problems) {
  private static final long MOST_SECONDS = 120;

  OnvifSettings {
    interfaces = List.copyOf(interfaces);
    problems = List.copyOf(problems);
  }

  /** Reads a file's properties; those of no file are the defaults. */
  static OnvifSettings of(Map<String, ?> properties) {
    ConfigReader reader = new ConfigReader(FinderComponent.Config.class, properties);
    List<String> interfaces =
        Stream.of(reader.text("interfaces").split("[\\s,]+", -1))
            .filter(name -> !name.isEmpty())
            .distinct()
            .toList();
    Duration time = Duration.ofSeconds(reader.number("timeout.seconds", 1, MOST_SECONDS));
    return new OnvifSettings(interfaces, time, reader.problems());
  }

  /** All problems in one line; empty if there is none. */
  String problem() {
    return problems.stream().map(ConfigProblem::message).collect(Collectors.joining("; "));
  }
}
