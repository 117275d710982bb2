// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.shell.command.Table.Column;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TableTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private Table table() {
    return new Table(out, Column.left("ID"), Column.right("SIZE"), Column.left("NOTE"));
  }

  @Test
  void alignsColumns() {
    try (Table table = table()) {
      table.row("front", "1.4 GB", "fine");
      table.row("a", "9 B");
    }
    assertEquals(
        """
        ID       SIZE  NOTE
        front  1.4 GB  fine
        a         9 B
        """,
        bytes.toString(StandardCharsets.UTF_8));
  }

  @Test
  void printsNothingWithoutRows() {
    table().close();
    assertEquals(0, bytes.size());
  }

  @Test
  void printsALongTableAsItComes() {
    try (Table table = table()) {
      for (int i = 0; i < 1000; i++) {
        table.row("camera", i + " B", "");
      }
      assertTrue(bytes.toString(StandardCharsets.UTF_8).contains("999 B"), "not kept until closed");
    }
    assertEquals(1001, bytes.toString(StandardCharsets.UTF_8).lines().count());
  }
}
