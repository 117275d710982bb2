// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.configuration.ConfigReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.felix.configadmin.plugin.interpolation.Interpolator;
import org.apache.felix.fileinstall.shaded.util.properties.TypedProperties;

/** Reads configuration files by the classes that read them in Karaf. */
final class KarafReader {
  private KarafReader() {}

  /** The keys of a camera's file that are of interest here, as its component describes them. */
  @interface Keys {
    String onvif_url() default "";

    String onvif_endpoint() default "";

    String user() default "";

    String _password() default "";

    String enabled() default "";
  }

  /** What a component gets to see. */
  static ConfigReader read(String file) throws IOException {
    TypedProperties properties =
        new TypedProperties((name, key, value) -> "VALUE OF THE VARIABLE " + value);
    byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
    properties.load(new StringReader(new String(bytes, StandardCharsets.ISO_8859_1)));
    Map<String, Object> values = new HashMap<>();
    for (String key : properties.keySet()) {
      values.put(
          key,
          Interpolator.replace(
              properties.get(key).toString(), (type, name, directives) -> "VARIABLE " + name));
    }
    values.put("service.pid", "istream.camera~front");
    return new ConfigReader(Keys.class, values);
  }
}
