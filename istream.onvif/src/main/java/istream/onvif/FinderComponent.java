// SPDX-License-Identifier: Apache-2.0
package istream.onvif;

import istream.api.camera.CameraCensus;
import istream.api.camera.CameraException;
import istream.api.camera.CameraFinder;
import istream.api.camera.CameraSearch;
import istream.api.recording.StreamProbe;
import istream.onvif.discovery.Discovery;
import istream.onvif.discovery.MulticastDiscovery;
import istream.onvif.find.Finder;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds cameras; by the defaults if there is no file. */
@Component(service = CameraFinder.class, configurationPid = "istream.onvif")
@Designate(ocd = FinderComponent.Config.class)
public final class FinderComponent implements CameraFinder {
  private static final Logger LOG = LoggerFactory.getLogger(FinderComponent.class);

  /** How to look; the file is {@code etc/istream.onvif.cfg}. */
  @ObjectClassDefinition(name = "istream discovery of cameras")
  @interface Config {
    /** Interfaces. */
    @AttributeDefinition(
        description =
            "Names of the network interfaces to look on, with blanks between; else all usable ones")
    String interfaces() default "";

    /** Time. */
    @AttributeDefinition(description = "Seconds that a search listens, 1 to 120")
    int timeout_seconds() default 4;
  }

  @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
  private volatile StreamProbe probe;

  private final OnvifSettings settings;
  private final Finder finder;

  /** Reads the file; opens nothing and starts nothing. */
  @Activate
  public FinderComponent(Map<String, Object> properties, @Reference DeviceMemory memory) {
    settings = OnvifSettings.of(properties);
    settings.problems().forEach(problem -> LOG.error("{}", problem.message()));
    Discovery discovery = new MulticastDiscovery();
    Finder.Habits habits = new Finder.Habits(settings.interfaces(), settings.time());
    finder =
        Finder.over(discovery, memory.conversations(), () -> Optional.ofNullable(probe), habits);
  }

  /** A search by other rules than the owner wrote would look like one by them. */
  @Override
  public CameraCensus find(CameraSearch search, Consumer<String> progress) throws CameraException {
    if (!settings.problems().isEmpty()) {
      throw new CameraException(settings.problem(), false, null);
    }
    return finder.find(search, progress);
  }
}
