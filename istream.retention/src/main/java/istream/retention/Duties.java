// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import java.util.ArrayList;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Who makes room on a storage that is short of it: its policies for all cameras, and only where
 * there are none, those for one. So no camera pays for the others by having a budget of its own.
 * Thread-safe.
 */
@Component(service = Duties.class)
public final class Duties {
  private final List<RetentionSettings> general = new ArrayList<>();

  /** Nobody does yet. */
  @Activate
  public Duties() {}

  /** A policy looks after its storage from now on. */
  synchronized void take(RetentionSettings policy) {
    if (policy.camera().isEmpty() && policy.problems().isEmpty()) {
      general.add(policy);
    }
  }

  /** A policy ends. */
  synchronized void leave(RetentionSettings policy) {
    general.remove(policy);
  }

  /** Whether a policy has to make room. */
  synchronized boolean makesRoom(RetentionSettings policy) {
    return policy.camera().isEmpty()
        || general.stream().noneMatch(other -> other.storage().equals(policy.storage()));
  }
}
