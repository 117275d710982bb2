// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which interfaces do not do what they are asked to, and why. */
final class Troubles {
  private final Map<String, String> causes = new LinkedHashMap<>();
  private final Set<String> working = new HashSet<>();

  void failed(String nic, IOException cause) {
    causes.put(nic, cause.getMessage() == null ? cause.toString() : cause.getMessage());
  }

  void worked(String nic) {
    working.add(nic);
  }

  boolean nothingWorks() {
    return working.isEmpty();
  }

  /** A line for each interface. */
  List<String> remarks() {
    return causes.entrySet().stream().map(one -> remark(one.getKey(), one.getValue())).toList();
  }

  private String remark(String nic, String cause) {
    String what = working.contains(nic) ? "not every question" : "no question";
    return what + " could be sent on " + nic + ": " + cause;
  }
}
