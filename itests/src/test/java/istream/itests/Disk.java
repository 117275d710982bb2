// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A real ext4 file system on a file, which can be made to stall, and be unmounted while it is in
 * use. Needs root.
 */
final class Disk {
  private final Path mount;
  private final String device;

  private Disk(Path mount, String device) {
    this.mount = mount;
    this.device = device;
  }

  /** Makes and mounts one in that directory, which is made as well. */
  static Disk of(Path home, int megabytes) throws Exception {
    Path image = Files.createDirectories(home).resolve("image");
    NetworkCable.run("truncate", "-s", megabytes + "M", image.toString());
    // inode tables written now are not written behind the test's back later
    NetworkCable.run(
        "mkfs.ext4", "-q", "-F", "-E", "lazy_itable_init=0,nodiscard", image.toString());
    String device = NetworkCable.run("losetup", "-f", "--show", image.toString()).strip();
    Disk disk = new Disk(Files.createDirectories(home.resolve("mount")), device);
    try {
      disk.mount();
      return disk;
    } catch (IOException e) {
      disk.remove();
      throw e;
    }
  }

  /** A disk is something that the test needs: one is made in that directory, and stalls. */
  static void assumePossible(Path home) throws Exception {
    Peers.require("mkfs.ext4", "e2fsprogs");
    for (String tool : List.of("losetup", "mount", "fsfreeze")) {
      Peers.require(tool, tool.equals("mount") ? "mount" : "util-linux");
    }
    String failure = "";
    try {
      Disk disk = of(home, 16);
      int stalled = disk.stall(Duration.ofMillis(10)).waitFor();
      disk.remove();
      failure = stalled == 0 ? "" : "fsfreeze ends with " + stalled;
    } catch (IOException e) {
      failure = e.getMessage();
    }
    Peers.require(failure.isEmpty(), "loop devices and mounting, which need root: " + failure);
  }

  /** Where it is mounted. */
  Path path() {
    return mount;
  }

  void mount() throws Exception {
    NetworkCable.run("mount", device, mount.toString());
  }

  /** Takes it away from under everybody: files that are open keep their disk. */
  void unmount() throws Exception {
    NetworkCable.run("umount", "-l", mount.toString());
  }

  /** Every write to it hangs for that long from now on; it ends by itself whatever happens. */
  Process stall(Duration time) throws IOException {
    String script = "fsfreeze -f \"$0\" && { sleep \"$1\"; fsfreeze -u \"$0\"; }";
    return new ProcessBuilder(
            "sh", "-c", script, mount.toString(), Double.toString(time.toMillis() / 1000.0))
        .inheritIO()
        .start();
  }

  /** Thaws and unmounts it as far as there is need, and takes it apart. */
  void remove() throws Exception {
    new ProcessBuilder("sh", "-c", "fsfreeze -u \"$0\"; umount -l \"$0\"", mount.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    NetworkCable.run("losetup", "-d", device);
  }
}
