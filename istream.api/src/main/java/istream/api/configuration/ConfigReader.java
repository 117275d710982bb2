// SPDX-License-Identifier: Apache-2.0
package istream.api.configuration;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads the properties of one configuration file by the annotation type that describes it. It never
 * throws for a bad value: it returns the default, and notes a {@link ConfigProblem}. Keys that the
 * annotation type does not know are problems too, and so are values that name a variable which has
 * no value. Confined to one thread.
 *
 * <p>The methods of the annotation type name the keys as Declarative Services map them: {@code
 * segment_seconds()} is {@code segment.seconds}, {@code _password()} is {@code .password}; their
 * default values are the defaults. An empty default means that the key may be left out.
 */
public final class ConfigReader {
  private static final Set<String> FRAMEWORK_PREFIXES =
      Set.of("service.", "component.", "felix.", "osgi.", "objectClass", "org.apache.karaf.");

  private final Map<String, Object> defaults = new HashMap<>();
  private final Map<String, String> values = new TreeMap<>();
  private final List<ConfigProblem> problems = new ArrayList<>();
  private final String kind;
  private final String id;
  private final String name;

  /**
   * Reads the given properties.
   *
   * @param type the annotation type that describes the configuration
   * @param properties as a component gets them on activation
   */
  public ConfigReader(Class<?> type, Map<String, ?> properties) {
    String pid = String.valueOf(properties.get("service.pid"));
    int instance = pid.indexOf('~');
    kind = instance < 0 ? pid : pid.substring(0, instance);
    id = instance < 0 ? "" : pid.substring(instance + 1);
    name = instance < 0 ? kind : kind + "-" + id;
    for (Method method : type.getDeclaredMethods()) {
      defaults.put(key(method.getName()), method.getDefaultValue());
    }
    properties.forEach((key, value) -> accept(key, String.valueOf(value).strip()));
  }

  private void accept(String key, String value) {
    if (defaults.containsKey(key)) {
      values.put(key, value);
      Placeholder.in(value).ifPresent(it -> note(key, it.text(), it.allowed()));
    } else if (FRAMEWORK_PREFIXES.stream().noneMatch(key::startsWith)) {
      refuseUnknown(key, value);
    }
  }

  private void refuseUnknown(String key, String value) {
    String line = key + "=" + value;
    String meant = Discretion.namesSecret(key) ? keys(it -> it.startsWith(".")) : "";
    String hint = meant.isEmpty() ? "" : "; did you mean " + meant + "?";
    String shown = Discretion.mayHoldSecret(line) ? Discretion.HIDDEN : value;
    String allowed = "one of the keys " + keys(it -> true) + hint;
    note(key, shown, allowed);
  }

  private String keys(Predicate<String> wanted) {
    return defaults.keySet().stream().filter(wanted).sorted().collect(Collectors.joining(", "));
  }

  private static String key(String method) {
    return method.replace('_', '.');
  }

  /**
   * The id, for what is named after its file: the part of the file's name after the first {@code
   * -}. A missing one, or one that cannot name a directory, is a problem; what the file is called
   * instead is returned, so that it can be shown.
   */
  public String requiredId() {
    if (Identifier.isValid(id)) {
      return id;
    }
    String shown = id.isEmpty() ? name : id;
    note("(the file's name)", shown, kind + "-ID.cfg, where ID is made of " + Identifier.ALLOWED);
    return shown;
  }

  /** The file's name without directory. */
  public String file() {
    return name + ".cfg";
  }

  /** The value, or the default; empty if neither says anything. */
  public String text(String key) {
    String value = values.get(key);
    return value == null || value.isEmpty() ? String.valueOf(known(key)) : value;
  }

  private Object known(String key) {
    Object value = defaults.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no key " + key + " with a default in " + file());
    }
    return value;
  }

  /** The value or the default, or nothing if that is empty. */
  public Optional<String> optional(String key) {
    return Optional.of(text(key)).filter(text -> !text.isEmpty());
  }

  /** The value; missing is a problem, and yields an empty text. */
  public String required(String key, String allowed) {
    String text = text(key);
    if (text.isEmpty()) {
      refuse(key, allowed);
    }
    return text;
  }

  /** The value as a whole number between the bounds, else the default. */
  public long number(String key, long least, long most) {
    try {
      long number = Long.parseLong(text(key));
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // falls through to the same refusal as a number out of bounds
    }
    refuse(key, "a whole number from " + least + " to " + most);
    return Long.parseLong(String.valueOf(known(key)));
  }

  /** {@code true} or {@code false}, else the default. */
  public boolean flag(String key) {
    return Boolean.parseBoolean(choice(key, List.of("true", "false")));
  }

  /** One of the given words, else the default. */
  public String choice(String key, List<String> words) {
    String text = text(key);
    if (words.contains(text)) {
      return text;
    }
    refuse(key, String.join(", ", words));
    return String.valueOf(known(key));
  }

  /** Notes that the value of {@code key} cannot be used; shows it unless it may hold a secret. */
  public void refuse(String key, String allowed) {
    String value = values.getOrDefault(key, "");
    boolean secret = !value.isEmpty() && (key.startsWith(".") || Discretion.mayHoldSecret(value));
    note(key, secret ? Discretion.HIDDEN : value, allowed);
  }

  /** Notes that a value which may hold a secret cannot be used, without showing it. */
  public void hide(String key, String allowed) {
    note(key, Discretion.HIDDEN, allowed);
  }

  /** The first problem of a key says why it cannot be used; others only follow from it. */
  private void note(String key, String shown, String allowed) {
    if (problems.stream().noneMatch(problem -> problem.key().equals(key))) {
      problems.add(new ConfigProblem(file(), key, shown, allowed));
    }
  }

  /** What cannot be used, in the order it was noticed; empty if all is well. */
  public List<ConfigProblem> problems() {
    return List.copyOf(problems);
  }
}
