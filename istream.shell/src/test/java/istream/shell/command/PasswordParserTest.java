// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.karaf.shell.api.action.Parsing;
import org.apache.karaf.shell.api.console.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordParserTest {
  private final Parser parser = new PasswordParser();

  private String prepared(String line) {
    return parser.preprocess(null, parser.parse(null, line, line.length()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      value = {
        "istream:ignite --user me --password, istream:ignite --user me --password ''",
        "istream:ignite '--user' 'me' '--password', istream:ignite '--user' 'me' '--password' ''",
        "ignite --password --json, ignite --password '' --json",
        "ignite '--password' '--json', ignite '--password' '' '--json'",
        "ignite --password - --json, ignite --password - --json",
        "ignite --password=x y, ignite --password=x y",
        "ignite front, ignite front"
      })
  void anOptionWithoutValueGetsAnEmptyOne(String line, String expected) {
    assertEquals(expected, prepared(line));
  }

  @Test
  void theCommandsThatMayHaveNoArgumentUseIt() {
    assertEquals(PasswordParser.class, DiscoverCommand.class.getAnnotation(Parsing.class).value());
    assertEquals(PasswordParser.class, IgniteCommand.class.getAnnotation(Parsing.class).value());
  }
}
