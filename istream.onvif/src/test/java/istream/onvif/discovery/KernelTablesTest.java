// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel tells of neighbours and dropped packets. */
class KernelTablesTest {
  @TempDir private Path proc;
  private ReversePathFilter filter;
  private final AtomicLong now = new AtomicLong();

  @BeforeEach
  void begin() throws IOException {
    filter = new ReversePathFilter(proc);
    drops(7);
    mode("all", 0);
    mode("eth0", 0);
    mode("eth1", 0);
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(proc.resolve(file).getParent());
    Files.writeString(proc.resolve(file), text);
  }

  private void drops(int count) throws IOException {
    write(
        "net/netstat",
        "TcpExt: A IPReversePathFilter B\nTcpExt: 1 " + count + " 3\nIpExt: C\nIpExt: 4\n");
  }

  private void mode(String nic, int mode) throws IOException {
    write("sys/net/ipv4/conf/" + nic + "/rp_filter", mode + "\n");
  }

  private String remark() {
    return filter.remark(7, List.of(Lans.ETH0, Lans.ETH1)).orElse("");
  }

  @Test
  void droppedPacketsAreToldWithTheCommandThatHelps() throws IOException {
    mode("eth1", 1);
    assertEquals("", remark());
    drops(16);
    String remark = remark();
    assertTrue(remark.contains("dropped 9 packets on eth1 "), remark);
    assertTrue(remark.contains("sysctl -w net.ipv4.conf.eth1.rp_filter=2 "), remark);
  }

  @Test
  void theLargerOfTheTwoSettingsCounts() throws IOException {
    mode("all", 1);
    mode("eth1", 2);
    drops(8);
    String remark = remark();
    assertTrue(remark.contains("sysctl -w net.ipv4.conf.eth0.rp_filter=2 and"), remark);
  }

  @Test
  void withALooseFilterTheRouteIsMissing() throws IOException {
    mode("eth0", 2);
    drops(8);
    assertTrue(remark().contains("give eth0 a second address"), remark());
  }

  @Test
  void withoutAFilterOrItsCounterThereIsNothingToSay() throws IOException {
    drops(8);
    assertEquals("", remark());
    ReversePathFilter unreadable = new ReversePathFilter(proc.resolve("none"));
    assertEquals(0, unreadable.drops());
    assertEquals(Optional.empty(), unreadable.remark(0, List.of(Lans.ETH0)));
  }

  @Test
  void hardwareAddressesAreThoseOfTheInterfaceAndKept() throws IOException {
    ArpTable table = new ArpTable(proc, now::get);
    assertEquals("", table.hardware("eth0", "10.0.0.5"));
    write(
        "net/arp",
        """
        IP address  HW type  Flags  HW address         Mask  Device
        10.0.0.5    0x1      0x2    02:00:00:00:00:01  *     eth0
        10.0.0.5    0x1      0x0    00:00:00:00:00:00  *     eth1
        """);
    assertEquals("", table.hardware("eth0", "10.0.0.5"));
    now.addAndGet(300_000_000);
    assertEquals("02:00:00:00:00:01", table.hardware("eth0", "10.0.0.5"));
    assertEquals("", table.hardware("eth1", "10.0.0.5"));
    write("net/arp", "");
    now.addAndGet(300_000_000);
    assertEquals("", table.hardware("eth1", "10.0.0.5"));
    assertEquals("02:00:00:00:00:01", table.hardware("eth0", "10.0.0.5"));
  }
}
