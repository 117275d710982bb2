// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.footage.FootageListener;
import istream.api.footage.FootageStore;
import istream.api.replication.HostTrust;
import istream.api.replication.ReplicaStore;
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
    configurationPid = "istream.storage.sftp",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = SftpStorageComponent.Config.class, factory = true)
public final class SftpStorageComponent {
  private static final Logger LOG = LoggerFactory.getLogger(SftpStorageComponent.class);

  /** A storage; the file is {@code etc/istream.storage.sftp-ID.cfg}. */
  @ObjectClassDefinition(name = "istream SFTP storage")
  @interface Config {
    /** Host. */
    @AttributeDefinition(description = "Name or address of the server")
    String host() default "";

    /** Port. */
    @AttributeDefinition(description = "Port of its SSH")
    int port() default Server.SSH;

    /** User. */
    @AttributeDefinition(description = "Account on the server")
    String user() default "";

    /** Directory. */
    @AttributeDefinition(
        description = "Directory of the footage; a relative one starts where the login begins")
    String path() default "";

    /** Identity. */
    @AttributeDefinition(
        description =
            "File of our key, made at first use; a relative one starts from the configuration"
                + " directory")
    String key_file() default "ssh/id_ed25519";

    /** Trust. */
    @AttributeDefinition(
        description =
            "File of the keys of servers; a relative one starts from the configuration directory")
    String known_hosts() default "ssh/known_hosts";

    /** Password. */
    @AttributeDefinition(description = "Logs in instead of the key")
    String _password() default "";

    /** Source. */
    @AttributeDefinition(
        description = "Id of the local storage that is copied; without, the only one")
    String source() default "";

    /** Budget. */
    @AttributeDefinition(
        description = "Kilobits (1,000 bits) per second, all connections together; 0 for no limit")
    int max_kilobits() default 0;

    /** Order. */
    @AttributeDefinition(
        description = "Which end of what the server lacks goes first: newest or oldest")
    String backlog() default "newest";

    /** Connections. */
    @AttributeDefinition(description = "Most connections at a time, 1 to 8")
    int connections() default 4;
  }

  private final BundleContext bundles;
  private final SftpSettings settings;
  private final SshLinks links;
  private final SftpStorage storage;
  private final Deque<ServiceRegistration<?>> services = new ArrayDeque<>();

  @Reference private volatile List<FootageListener> listeners = List.of();

  /** Reads the file; touches neither disk nor network. */
  @Activate
  public SftpStorageComponent(BundleContext bundles, Map<String, Object> properties) {
    this.bundles = bundles;
    String etc = bundles.getProperty("karaf.etc");
    settings = SftpSettings.of(properties, Path.of(etc == null ? "" : etc));
    settings.problems().forEach(problem -> LOG.error("{}", problem.message()));
    links = new SshLinks(settings);
    storage = new SftpStorage(settings, links, Clock.systemUTC(), () -> listeners);
  }

  /** After the listeners are there: none misses a deletion. */
  @Activate
  void start() {
    register(HostTrust.class, new SshHostTrust(settings, links, this::announceAnew));
    register(FootageStore.class, storage.footage());
    register(ReplicaStore.class, storage.replica());
  }

  /** Who waits because the server was refused tries again at once. */
  private synchronized void announceAnew() {
    if (!services.isEmpty()) {
      services.remove().unregister();
      register(ReplicaStore.class, storage.replica());
    }
  }

  private <T> void register(Class<T> type, T service) {
    Map<String, Object> properties = Map.of(FootageStore.STORAGE_ID, settings.id());
    services.addFirst(
        bundles.registerService(type, service, FrameworkUtil.asDictionary(properties)));
  }

  @Deactivate
  synchronized void stop() {
    services.forEach(ServiceRegistration::unregister);
    services.clear();
    storage.close();
  }
}
