// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * Where a camera is that has a file.
 *
 * @param rtsp its stream, if the file says
 * @param onvif its device service, if the file says
 * @param endpoint empty if the file does not say
 */
record ConfiguredCamera(String id, Optional<Place> rtsp, Optional<Place> onvif, String endpoint) {
  /** Reads the text of a file as far as it can be read: what is wrong with it, others say. */
  static ConfiguredCamera of(String id, String text) {
    Properties values = new Properties();
    try {
      values.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      // a broken escape: what stands before it is read
      return of(id, values);
    } catch (IOException e) {
      throw new UncheckedIOException("a text cannot fail to be read", e);
    }
    return of(id, values);
  }

  private static ConfiguredCamera of(String id, Properties values) {
    return new ConfiguredCamera(
        id,
        Place.of(value(values, "rtsp.url")),
        Place.of(value(values, "onvif.url")),
        value(values, "onvif.endpoint"));
  }

  private static String value(Properties values, String key) {
    return PropertyText.meaning(values.getProperty(key, ""));
  }
}
