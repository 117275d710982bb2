// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.util.concurrent.atomic.AtomicInteger;

/** How often a camera's ONVIF services were asked, and with which success. */
public final class LoginTally {
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger passwords = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();

  LoginTally() {}

  void ask() {
    asked.incrementAndGet();
  }

  void password() {
    passwords.incrementAndGet();
  }

  void refuse() {
    refused.incrementAndGet();
  }

  /** All requests. */
  public int asked() {
    return asked.get();
  }

  /** Those that bore a proof of a password, right or wrong. */
  public int passwords() {
    return passwords.get();
  }

  /** Those of them that were refused. */
  public int refused() {
    return refused.get();
  }

  @Override
  public String toString() {
    return "asked=" + asked + " passwords=" + passwords + " refused=" + refused;
  }
}
