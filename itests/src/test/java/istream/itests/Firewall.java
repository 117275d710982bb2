// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.util.ArrayList;
import java.util.List;

/**
 * A packet filter at the far end of a cable: links break there as they do in the field.
 *
 * @param cable whose far end it guards
 */
record Firewall(NetworkCable cable) {
  /** Every packet vanishes, both ways. */
  void dropAll() throws Exception {
    iptables("-I", "INPUT", "-j", "DROP");
    iptables("-I", "OUTPUT", "-j", "DROP");
  }

  /** Every packet of a connection, old or new, is answered with a reset. */
  void resetAll() throws Exception {
    iptables("-I", "INPUT", "-p", "tcp", "-j", "REJECT", "--reject-with", "tcp-reset");
  }

  /** New connections are reset once there are so many. */
  void limitConnections(int most) throws Exception {
    String above = Integer.toString(most);
    List<String> beyond = List.of("-m", "connlimit", "--connlimit-above", above);
    List<String> words = new ArrayList<>(List.of("-I", "INPUT", "-p", "tcp", "--syn"));
    words.addAll(beyond);
    words.addAll(List.of("-j", "REJECT", "--reject-with", "tcp-reset"));
    iptables(words.toArray(String[]::new));
  }

  /** Lets everything pass again. */
  void open() throws Exception {
    iptables("-F");
  }

  private void iptables(String... words) throws Exception {
    List<String> command = new ArrayList<>(cable.prefix());
    command.addAll(List.of("iptables", "-w"));
    command.addAll(List.of(words));
    NetworkCable.run(command.toArray(String[]::new));
  }
}
