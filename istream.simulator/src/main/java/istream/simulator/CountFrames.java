// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Counts the numbered frames in the MP4 files below a directory, or in one file, per camera: the
 * first directory below it, or for files that lie in it directly the file name up to its last
 * {@code _}.
 */
public final class CountFrames {
  private CountFrames() {}

  /**
   * Prints a line per camera; exits 0 if every frame is there once and in order, 1 if not, 2 if
   * unreadable.
   */
  public static void main(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: java -cp istream.simulator.jar istream.simulator.CountFrames DIR");
      System.exit(2);
    }
    try {
      Map<String, List<Path>> cameras = files(Path.of(arguments[0]));
      boolean whole = !cameras.isEmpty();
      for (Map.Entry<String, List<Path>> camera : cameras.entrySet()) {
        FrameTally tally = count(camera.getValue());
        System.out.println(line(camera.getKey(), camera.getValue().size(), tally));
        whole &= tally.whole();
      }
      System.exit(whole ? 0 : 1);
    } catch (IOException e) {
      System.err.println("cannot count: " + e.getMessage());
      System.exit(2);
    }
  }

  /** The files of every camera, in the order of their names, which is that of their times. */
  static Map<String, List<Path>> files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(file -> file.toString().endsWith(".mp4"))
          .sorted()
          .collect(
              Collectors.groupingBy(
                  file ->
                      camera(
                          file.equals(directory) ? file.getFileName() : directory.relativize(file)),
                  TreeMap::new,
                  Collectors.toList()));
    }
  }

  private static String camera(Path file) {
    String first = file.getName(0).toString();
    int split = first.lastIndexOf('_');
    return file.getNameCount() > 1 || split < 0 ? first : first.substring(0, split);
  }

  /**
   * Tallies the frames of a camera's files; an empty file has none.
   *
   * @throws IOException if a file cannot be read
   */
  public static FrameTally count(List<Path> files) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (Path file : files) {
      if (Files.size(file) > 0) {
        numbers.addAll(FrameCounterReader.read(file));
      }
    }
    return FrameTally.of(numbers);
  }

  private static String line(String camera, int files, FrameTally tally) {
    return "%s files=%d frames=%d first=%d last=%d lost=%d missing=%s duplicates=%d out-of-order=%d unnumbered=%d"
        .formatted(
            camera,
            files,
            tally.frames(),
            tally.first(),
            tally.last(),
            tally.lost(),
            tally.missing(),
            tally.duplicates(),
            tally.outOfOrder(),
            tally.unnumbered());
  }
}
