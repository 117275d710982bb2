// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void aParserReadsWhatWasWritten() throws Exception {
    StringBuilder every = new StringBuilder();
    for (int c = 0; c < 0xd800; c++) {
      every.append((char) c);
    }
    every.append("\ud83d\ude00");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    JsonWriter json = new JsonWriter(new PrintStream(bytes, true, StandardCharsets.US_ASCII));
    json.object().name("text").value(every.toString()).name("none").value((String) null);
    json.name("empty").array().endArray().name("list").array();
    json.value(1L).value(true).object().endObject().array().value("x").endArray().endArray();
    json.name("whole").value(25.0).name("fine").value(24.9996).name("nan").value(Double.NaN);
    json.name("large").value(Long.MAX_VALUE).name("seconds").value(Duration.ofMillis(60_040));
    json.name("start").value(Instant.parse("2026-11-23T22:35:00.120Z"));
    json.name("free").number(OptionalLong.empty()).endObject().finish();

    String document = bytes.toString(StandardCharsets.US_ASCII);
    assertTrue(document.endsWith("}\n"), document);
    JsonNode read = new ObjectMapper().readTree(document);
    assertEquals(every.toString(), read.get("text").textValue());
    assertTrue(read.get("none").isNull());
    assertEquals(0, read.get("empty").size());
    assertEquals("[1,true,{},[\"x\"]]", read.get("list").toString());
    assertEquals("25", read.get("whole").asText());
    assertEquals(25.0, read.get("fine").asDouble());
    assertTrue(read.get("nan").isNull());
    assertEquals(Long.MAX_VALUE, read.get("large").longValue());
    assertEquals(60.04, read.get("seconds").asDouble());
    assertEquals("2026-11-23T22:35:00.120Z", read.get("start").textValue());
    assertTrue(read.get("free").isNull());
  }
}
