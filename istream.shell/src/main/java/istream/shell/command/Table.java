// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints aligned columns. Widths follow the first rows, then rows are printed as they come: a table
 * of any length needs little memory. Prints nothing if there is no row. Confined to one thread.
 */
final class Table implements AutoCloseable {
  private static final int SAMPLE = 200;
  private static final String GAP = "  ";

  private final List<String[]> sample = new ArrayList<>();
  private final PrintStream out;
  private final Column[] columns;
  private int[] widths;

  /** One column; numbers stand to the right. */
  record Column(String title, boolean right) {
    static Column left(String title) {
      return new Column(title, false);
    }

    static Column right(String title) {
      return new Column(title, true);
    }
  }

  Table(PrintStream out, Column... columns) {
    this.out = out;
    this.columns = columns.clone();
  }

  /** Adds a row; missing cells at its end are empty. */
  void row(String... cells) {
    String[] row = new String[columns.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = i < cells.length ? Figures.plain(cells[i]) : "";
    }
    if (widths != null) {
      print(row);
      return;
    }
    sample.add(row);
    if (sample.size() == SAMPLE) {
      printSample();
    }
  }

  /** Adds a line below the last row, whatever the columns are. */
  void note(String text) {
    if (widths != null) {
      out.println(Figures.plain(text));
    } else {
      sample.add(new String[] {Figures.plain(text)});
    }
  }

  /** Prints what is left. */
  @Override
  public void close() {
    if (widths == null && !sample.isEmpty()) {
      printSample();
    }
    out.flush();
  }

  private void printSample() {
    widths = new int[columns.length];
    String[] titles = new String[columns.length];
    for (int i = 0; i < columns.length; i++) {
      titles[i] = columns[i].title();
      widths[i] = titles[i].length();
      for (String[] row : sample) {
        widths[i] = Math.max(widths[i], isNote(row) ? 0 : row[i].length());
      }
    }
    print(titles);
    sample.forEach(this::printLine);
    sample.clear();
  }

  private boolean isNote(String[] row) {
    return row.length < columns.length;
  }

  private void printLine(String[] row) {
    if (isNote(row)) {
      out.println(row[0]);
    } else {
      print(row);
    }
  }

  private void print(String[] cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.length; i++) {
      String padding = " ".repeat(Math.max(0, widths[i] - cells[i].length()));
      line.append(i == 0 ? "" : GAP);
      line.append(columns[i].right() ? padding + cells[i] : cells[i] + padding);
    }
    out.println(line.toString().stripTrailing());
  }
}
