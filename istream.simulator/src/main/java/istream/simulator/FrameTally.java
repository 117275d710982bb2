// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What the frame numbers of a recording say: whether it has every frame once and in order.
 *
 * @param frames video samples
 * @param unnumbered samples without a number
 * @param first lowest number; -1 if there is none
 * @param last highest number; -1 if there is none
 * @param missing ranges of numbers between the lowest and the highest of each life that are not
 *     there
 * @param duplicates samples whose number was there before
 * @param outOfOrder samples whose number is lower than the one before
 */
public record FrameTally(
    int frames,
    int unnumbered,
    long first,
    long last,
    List<Range> missing,
    int duplicates,
    int outOfOrder) {
  /**
   * Numbers in a row.
   *
   * @param from the lowest
   * @param to the highest, inclusive
   */
  public record Range(long from, long to) {
    /** How many numbers it has. */
    public long size() {
      return to - from + 1;
    }

    @Override
    public String toString() {
      return from == to ? Long.toString(from) : from + "-" + to;
    }
  }

  /** Keeps a copy of the ranges. */
  public FrameTally {
    missing = List.copyOf(missing);
  }

  /** Tallies numbers in decode order; {@link FrameCounterReader#NONE} for a frame without. */
  public static FrameTally of(List<Long> numbers) {
    TreeSet<Long> seen = new TreeSet<>();
    int unnumbered = 0;
    int duplicates = 0;
    int outOfOrder = 0;
    long before = FrameCounterReader.NONE;
    for (long number : numbers) {
      if (number == FrameCounterReader.NONE) {
        unnumbered++;
        continue;
      }
      duplicates += seen.add(number) ? 0 : 1;
      outOfOrder += number < before ? 1 : 0;
      before = number;
    }
    long first = seen.isEmpty() ? FrameCounterReader.NONE : seen.first();
    long last = seen.isEmpty() ? FrameCounterReader.NONE : seen.last();
    return new FrameTally(
        numbers.size(), unnumbered, first, last, holes(seen), duplicates, outOfOrder);
  }

  private static List<Range> holes(TreeSet<Long> seen) {
    List<Range> holes = new ArrayList<>();
    long before = FrameCounterReader.NONE;
    for (long number : seen) {
      boolean sameLife = before / FrameNumber.LIFE == number / FrameNumber.LIFE;
      if (before != FrameCounterReader.NONE && sameLife && number > before + 1) {
        holes.add(new Range(before + 1, number - 1));
      }
      before = number;
    }
    return holes;
  }

  /** How many numbers are missing. */
  public long lost() {
    return missing.stream().mapToLong(Range::size).sum();
  }

  /** Whether every frame is there exactly once and in order. */
  public boolean whole() {
    return frames > 0 && unnumbered == 0 && missing.isEmpty() && duplicates == 0 && outOfOrder == 0;
  }
}
