// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a replication does not do its work; in the log once. Any thread. */
final class Alarms {
  private static final Logger LOG = LoggerFactory.getLogger(Alarms.class);
  private static final int MOST = 100;

  private final String storage;
  private final Map<Object, String> problems = new LinkedHashMap<>();

  Alarms(String storage) {
    this.storage = storage;
  }

  /**
   * Something does not work.
   *
   * @param subject what it is about
   * @param problem names the cause and the next step
   */
  synchronized void raise(Object subject, String problem) {
    if (problems.size() >= MOST && !problems.containsKey(subject)) {
      return;
    }
    String before = problems.put(subject, problem);
    if (before == null) {
      LOG.warn("replica {}: {}", storage, problem);
    } else if (!before.equals(problem)) {
      LOG.info("replica {}: still: {}", storage, problem);
    }
  }

  /** It works, or is no matter any more. */
  synchronized void clear(Object subject) {
    String problem = problems.remove(subject);
    if (problem != null) {
      LOG.info("replica {}: over: {}", storage, problem);
    }
  }

  /** The eldest; empty if there is none. */
  synchronized String first() {
    return problems.values().stream().findFirst().orElse("");
  }
}
