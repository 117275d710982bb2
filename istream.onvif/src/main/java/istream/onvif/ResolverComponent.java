// SPDX-License-Identifier: Apache-2.0
package istream.onvif;

import istream.api.camera.Camera;
import istream.api.camera.CameraException;
import istream.api.camera.StreamResolver;
import istream.onvif.discovery.MulticastDiscovery;
import istream.onvif.resolve.Resolver;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Asks cameras for their streams. Apart from the finder, which needs the recorder's probe: the
 * recorder needs this, and neither would come up.
 */
@Component(service = StreamResolver.class, configurationPid = "istream.onvif")
public final class ResolverComponent implements StreamResolver {
  private final Resolver resolver;

  /** By the defaults where the file says nothing that can be used: footage comes first. */
  @Activate
  public ResolverComponent(Map<String, Object> properties, @Reference DeviceMemory memory) {
    resolver =
        Resolver.over(
            new MulticastDiscovery(),
            memory.conversations(),
            OnvifSettings.of(properties).interfaces());
  }

  @Deactivate
  void stop() {
    resolver.close();
  }

  @Override
  public String resolve(Camera camera) throws CameraException {
    return resolver.resolve(camera);
  }
}
