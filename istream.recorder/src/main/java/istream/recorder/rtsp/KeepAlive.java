// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When and how to tell the server that we still watch. */
final class KeepAlive {
  private static final Pattern TIMEOUT = Pattern.compile("(?i);\\s*timeout\\s*=\\s*\"?(\\d{1,6})");
  private static final List<String> PREFERRED = List.of("GET_PARAMETER", "SET_PARAMETER");
  private static final int DEFAULT_SECONDS = 60;
  private static final int LEAST_SECONDS = 2;
  private static final int MOST_SECONDS = 3600;

  private final List<String> methods = new ArrayList<>(List.of("OPTIONS"));
  private long intervalNanos = TimeUnit.SECONDS.toNanos(DEFAULT_SECONDS) / 2;
  private long lastNanos;

  /** Takes the methods that the server knows: the values of {@code Public}. */
  void advertised(List<String> values) {
    List<String> known =
        List.of(String.join(",", values).toUpperCase(Locale.ROOT).strip().split("[\\s,]+", -1));
    methods.clear();
    PREFERRED.stream().filter(known::contains).forEach(methods::add);
    methods.add("OPTIONS");
  }

  /** Takes the header {@code Session}, whose time-out is 60 s if it does not say. */
  void session(String header) {
    Matcher matcher = TIMEOUT.matcher(header);
    if (matcher.find()) {
      int seconds = Integer.parseInt(matcher.group(1));
      seconds = seconds == 0 ? DEFAULT_SECONDS : seconds;
      seconds = Math.min(Math.max(seconds, LEAST_SECONDS), MOST_SECONDS);
      intervalNanos = TimeUnit.SECONDS.toNanos(seconds) / 2;
    }
  }

  /** The method to use. */
  String method() {
    return methods.get(0);
  }

  /** The server does not know the method after all: the next one from now on. */
  void unsupported() {
    if (methods.size() > 1) {
      methods.remove(0);
    }
  }

  void sent(long nowNanos) {
    lastNanos = nowNanos;
  }

  boolean due(long nowNanos) {
    return nowNanos - lastNanos >= intervalNanos;
  }
}
