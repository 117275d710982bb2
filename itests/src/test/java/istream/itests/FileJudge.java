// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Plays files of footage on a server in a stock player, one after the other, while they are
 * written: every other one is among the newest. Whatever the player says is a complaint.
 */
final class FileJudge implements AutoCloseable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
  private static final int NEWEST = 6;

  private final Path storage;
  private final Random random = new Random();
  private final List<String> complaints = new ArrayList<>();
  private final Thread thread = new Thread(this::judge, "file-judge");
  private int judged;
  private volatile boolean closed;

  private FileJudge(Path storage) {
    this.storage = storage;
  }

  /** Begins. */
  static FileJudge start(Path storage) {
    FileJudge judge = new FileJudge(storage);
    judge.thread.setDaemon(true);
    judge.thread.start();
    return judge;
  }

  private void judge() {
    try {
      while (!closed) {
        List<Path> files = files();
        if (!files.isEmpty()) {
          int among = random.nextBoolean() ? Math.min(NEWEST, files.size()) : files.size();
          judge(files.get(random.nextInt(among)));
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    } catch (IOException e) {
      complain("cannot judge: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What bears a name of footage, newest first; files come and go meanwhile. */
  private List<Path> files() throws IOException {
    return FootageWalk.files(storage).stream()
        .sorted(
            Comparator.comparing((Path file) -> file.getFileName().toString().replaceAll(".*_", ""))
                .reversed())
        .toList();
  }

  private void judge(Path file) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                "ffprobe",
                "-v",
                "error",
                "-count_packets",
                "-select_streams",
                "v:0",
                "-show_entries",
                "stream=nb_read_packets",
                "-of",
                "csv=p=0",
                file.toString())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int exit = process.waitFor();
    boolean plays = exit == 0 && said.strip().matches("[1-9]\\d*,?");
    if (plays) {
      count();
    } else if (Files.exists(file)) {
      complain(file + ", now of " + Files.size(file) + " bytes: " + exit + ", " + said.strip());
    }
  }

  private synchronized void count() {
    judged++;
  }

  private synchronized void complain(String complaint) {
    complaints.add(complaint);
  }

  /** Nothing was complained of so far. */
  synchronized void assertNoComplaint() {
    assertEquals(List.of(), complaints);
  }

  /** The same, and something was looked at. */
  synchronized void assertContent() {
    assertNoComplaint();
    assertTrue(judged > 0, "no file was judged");
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
