// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The kernel drops what comes from an address that it would not answer through the same interface;
 * so a camera with an address of another network stays unheard.
 */
final class ReversePathFilter {
  private static final String COUNTER = "IPReversePathFilter";

  private final Path proc;

  ReversePathFilter(Path proc) {
    this.proc = proc;
  }

  /** How many packets it has dropped since the start; 0 if that is not told. */
  long drops() {
    List<String> names = List.of();
    for (String line : lines("net/netstat")) {
      List<String> columns = List.of(line.split(" ", -1));
      int column = names.indexOf(COUNTER);
      if (column > 0 && column < columns.size()) {
        return number(columns.get(column));
      }
      names = columns;
    }
    return 0;
  }

  /**
   * What to tell whoever misses a camera.
   *
   * @param before what {@link #drops} was before the search
   */
  Optional<String> remark(long before, List<Nic> nics) {
    long dropped = drops() - before;
    List<String> strict = nics.stream().map(Nic::name).filter(nic -> mode(nic) == 1).toList();
    List<String> loose = nics.stream().map(Nic::name).filter(nic -> mode(nic) == 2).toList();
    List<String> suspects = strict.isEmpty() ? loose : strict;
    if (dropped <= 0 || suspects.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "the kernel dropped "
            + dropped
            + " packets on "
            + String.join(" or ", suspects)
            + " because it would answer their senders another way (reverse path filter); if a camera"
            + " is missing, "
            + (strict.isEmpty() ? opening(loose) : loosening(strict)));
  }

  private static String loosening(List<String> nics) {
    return "run "
        + nics.stream()
            .map(nic -> "sysctl -w net.ipv4.conf." + dotless(nic) + ".rp_filter=2")
            .collect(Collectors.joining("; "))
        + " and look again";
  }

  /** A loose filter still drops what there is no route to at all. */
  private static String opening(List<String> nics) {
    return "give "
        + String.join(" or ", nics)
        + " a second address in the camera's network, or a default route, and look again";
  }

  /** A dot in the name of an interface, as VLANs have it, is a slash to sysctl. */
  private static String dotless(String nic) {
    return nic.replace('.', '/');
  }

  /** 0 off, 1 strict, 2 loose: the larger of the interface's and everybody's counts. */
  private long mode(String nic) {
    return Math.max(mode("all", 0), mode(nic, 0));
  }

  private long mode(String nic, long otherwise) {
    return lines("sys/net/ipv4/conf/" + nic + "/rp_filter").stream()
        .findFirst()
        .map(ReversePathFilter::number)
        .orElse(otherwise);
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(proc.resolve(file));
    } catch (IOException e) {
      return List.of();
    }
  }

  private static long number(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }
}
