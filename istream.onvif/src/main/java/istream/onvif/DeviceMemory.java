// SPDX-License-Identifier: Apache-2.0
package istream.onvif;

import istream.onvif.http.CertificatePins;
import istream.onvif.http.SocketHttpClient;
import istream.onvif.soap.Conversations;
import istream.onvif.soap.Dialogues;
import java.nio.file.Path;
import java.time.Clock;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * What was learnt of devices: how they take a login, which one they refused, their certificates. It
 * outlives changes of the configuration, so that no change makes a camera lock its user out.
 */
@Component(service = DeviceMemory.class)
public final class DeviceMemory {
  private final Conversations conversations;

  /** Knows the certificates of earlier runs. */
  @Activate
  public DeviceMemory(BundleContext bundles) {
    String home = bundles.getProperty("karaf.data");
    Path directory = Path.of(home == null ? "" : home).resolve("onvif");
    conversations =
        new Dialogues(new SocketHttpClient(new CertificatePins(directory)), Clock.systemUTC());
  }

  Conversations conversations() {
    return conversations;
  }
}
