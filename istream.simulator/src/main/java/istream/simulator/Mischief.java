// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends answers as cameras with a fault do. */
final class Mischief {
  private static final int CHUNK = 64 * 1024;
  private static final int MEGABYTE = 1 << 20;
  private static final HttpAnswer START = HttpAnswer.soap("").body("");

  private final CountDownLatch stopped;

  /** Waits, if it must, no longer than until that happens. */
  Mischief(CountDownLatch stopped) {
    this.stopped = stopped;
  }

  /** Takes an exchange over before anything is answered; false if it is to be answered. */
  boolean instead(OnvifAnswers.Call call, InputStream in, OutputStream out) throws IOException {
    SimulatedCamera camera = call.camera();
    if (camera.has(Fault.ONVIF_SILENT)) {
      in.transferTo(OutputStream.nullOutputStream());
    } else if (camera.has(Fault.ONVIF_NO_SERVICES) && call.asks("GetServices")) {
      return true;
    } else if (camera.has(Fault.ONVIF_ENDLESS)) {
      begin(out);
      repeat("<tt:More>and more</tt:More>", Long.MAX_VALUE, out);
    } else if (camera.has(Fault.ONVIF_NESTING)) {
      begin(out);
      repeat("<tt:In>", (long) (camera.amount(Fault.ONVIF_NESTING) * MEGABYTE), out);
    } else if (camera.has(Fault.ONVIF_LAUGHS)) {
      byte[] body = laughs().getBytes(StandardCharsets.UTF_8);
      out.write(START.head(body.length));
      out.write(body);
    } else {
      return false;
    }
    return true;
  }

  private static void begin(OutputStream out) throws IOException {
    String envelope = Soap.envelope("");
    out.write(START.head(-1));
    out.write(
        envelope.substring(0, envelope.indexOf("</env:Body>")).getBytes(StandardCharsets.UTF_8));
  }

  private static void repeat(String text, long bytes, OutputStream out) throws IOException {
    byte[] chunk = text.repeat(CHUNK / text.length()).getBytes(StandardCharsets.UTF_8);
    for (long sent = 0; sent < bytes; sent += chunk.length) {
      out.write(chunk);
    }
  }

  private static String laughs() {
    StringBuilder entities = new StringBuilder("<!ENTITY a0 \"ha\">");
    for (int i = 1; i < 10; i++) {
      String ten = ("&a" + (i - 1) + ";").repeat(10);
      entities.append("<!ENTITY a" + i + " \"" + ten + "\">");
    }
    return Soap.envelope(Soap.parent("tds:GetServicesResponse", "&a9;"))
        .replaceFirst("\\n", "\n<!DOCTYPE laughs [" + entities + "]>\n");
  }

  /** Sends an answer. */
  void send(HttpAnswer answer, SimulatedCamera camera, OutputStream out) throws IOException {
    byte[] body = disguised(answer.body(), camera).getBytes(StandardCharsets.UTF_8);
    byte[] head = answer.head(body.length + (long) camera.amount(Fault.ONVIF_BAD_LENGTH));
    int sent = camera.has(Fault.ONVIF_EARLY_CLOSE) ? body.length / 2 : body.length;
    byte[] whole = Arrays.copyOf(head, head.length + sent);
    System.arraycopy(body, 0, whole, head.length, sent);
    if (camera.has(Fault.ONVIF_DRIBBLE)) {
      dribble(whole, camera, out);
    } else {
      out.write(whole);
    }
  }

  private static String disguised(String body, SimulatedCamera camera) {
    String text = body;
    if (camera.has(Fault.ONVIF_UNDECLARED_PREFIX)) {
      text = text.replaceAll(" xmlns:t\\w+=\"[^\"]*\"", "");
    }
    if (camera.has(Fault.ONVIF_UTF16)) {
      text = text.replace("encoding=\"UTF-8\"", "encoding=\"utf-16\"");
    }
    return camera.has(Fault.ONVIF_GARBAGE) ? "\0\0\0\0x>\0 " + text : text;
  }

  private void dribble(byte[] bytes, SimulatedCamera camera, OutputStream out) throws IOException {
    for (byte each : bytes) {
      out.write(each);
      out.flush();
      Duration pause = Duration.ofMillis((long) (camera.amount(Fault.ONVIF_DRIBBLE) * 1000));
      if (stops(pause)) {
        return;
      }
    }
  }

  private boolean stops(Duration pause) {
    try {
      return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
