// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageListener;
import istream.api.footage.FootageSource;
import istream.api.footage.FootageStore;
import istream.api.footage.GapLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One file, one storage. The services are registered by hand, because their property {@link
 * FootageStore#STORAGE_ID} comes from the file's name, which Declarative Services cannot publish.
 */
@Component(
    service = {},
    immediate = true,
    configurationPid = "istream.storage.local",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = LocalStorageComponent.Config.class, factory = true)
public final class LocalStorageComponent {
  private static final Logger LOG = LoggerFactory.getLogger(LocalStorageComponent.class);

  /** A storage; the file is {@code etc/istream.storage.local-ID.cfg}. */
  @ObjectClassDefinition(name = "istream local storage")
  @interface Config {
    /** Directory. */
    @AttributeDefinition(
        description = "Directory of the footage; a relative one starts from the data directory")
    String path() default "footage";

    /** Sync interval. */
    @AttributeDefinition(
        description =
            "Seconds; at most this much is lost in a power cut, 0 leaves it to the kernel, at most"
                + " 60")
    int sync_seconds() default 1;

    /** Floor. */
    @AttributeDefinition(
        description = "Megabytes (1,000,000 bytes); recording stops before the disk is fuller")
    int min_free_megabytes() default 512;
  }

  private final BundleContext bundles;
  private final LocalSettings settings;
  private final LocalStorage storage;
  private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();

  @Reference private volatile List<FootageListener> listeners = List.of();

  /** Reads the file; touches no disk. */
  @Activate
  public LocalStorageComponent(BundleContext bundles, Map<String, Object> properties) {
    this.bundles = bundles;
    String data = bundles.getProperty("karaf.data");
    settings = LocalSettings.of(properties, Path.of(data == null ? "" : data));
    settings.problems().forEach(problem -> LOG.error("{}", problem.message()));
    storage =
        new LocalStorage(
            settings,
            Clock.systemUTC(),
            System::nanoTime,
            () -> listeners,
            LocalStorage.probe(settings));
  }

  /**
   * After the listeners are there: none misses a unit. The archive comes last and goes first: it
   * wakes the recorders, and they ask the ledger.
   */
  @Activate
  void start() {
    storage.start();
    register(GapLedger.class, storage.ledger());
    register(FootageStore.class, storage.store());
    register(FootageSource.class, storage.source());
    register(FootageArchive.class, storage.archive());
  }

  private <T> void register(Class<T> type, T service) {
    Map<String, Object> properties = Map.of(FootageStore.STORAGE_ID, settings.id());
    services.addFirst(
        bundles.registerService(type, service, FrameworkUtil.asDictionary(properties)));
  }

  @Deactivate
  void stop() {
    services.forEach(ServiceRegistration::unregister);
    storage.close();
  }
}
