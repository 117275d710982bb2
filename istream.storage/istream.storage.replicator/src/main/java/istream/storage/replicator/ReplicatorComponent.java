// SPDX-License-Identifier: Apache-2.0
package istream.storage.replicator;

import istream.api.footage.FootageListener;
import istream.api.footage.FootageSource;
import istream.api.footage.FootageStore;
import istream.api.footage.Fragment;
import istream.api.footage.SegmentKey;
import istream.api.replication.ReplicaStore;
import istream.api.replication.Replication;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One replication for each replica that there is; stores and sources come and go. */
@Component(service = FootageListener.class, immediate = true)
public final class ReplicatorComponent implements FootageListener {
  private static final Logger LOG = LoggerFactory.getLogger(ReplicatorComponent.class);

  /** A replication and its service. */
  private record Running(Replica replica, ServiceRegistration<Replication> service) {}

  private final BundleContext bundles;
  private final Path data;
  private final Map<String, FootageSource> sources = new ConcurrentSkipListMap<>();
  private final Map<ReplicaStore, Running> running = new ConcurrentHashMap<>();

  /** Waits for replicas. */
  @Activate
  public ReplicatorComponent(BundleContext bundles) {
    this.bundles = bundles;
    String home = bundles.getProperty("karaf.data");
    data = Path.of(home == null ? "" : home);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addSource(FootageSource source, Map<String, Object> properties) {
    sources.put(String.valueOf(properties.get(FootageStore.STORAGE_ID)), source);
    each(Replica::sourceChanged);
  }

  void removeSource(FootageSource source, Map<String, Object> properties) {
    sources.remove(String.valueOf(properties.get(FootageStore.STORAGE_ID)), source);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addStore(ReplicaStore store) {
    Replica replica =
        Assembly.replica(
            store, () -> sources, data, Clock.systemUTC(), System::nanoTime, Thread::new);
    running.put(
        store,
        new Running(
            replica,
            bundles.registerService(
                Replication.class,
                replica,
                FrameworkUtil.asDictionary(Map.of(FootageStore.STORAGE_ID, store.id())))));
    replica.start();
  }

  void removeStore(ReplicaStore store) {
    Running gone = running.remove(store);
    if (gone != null) {
      gone.service().unregister();
      close(gone.replica());
    }
  }

  private static void close(Replica replica) {
    try {
      replica.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      LOG.debug("replica {}: interrupted while it ended", replica.id());
    }
  }

  @Deactivate
  void stop() {
    running.keySet().forEach(this::removeStore);
  }

  private void each(Consumer<Replica> event) {
    running.values().forEach(one -> event.accept(one.replica()));
  }

  @Override
  public void written(String storage, SegmentKey key, Fragment fragment) {
    each(replica -> replica.written(storage, key, fragment));
  }

  @Override
  public void durable(String storage, SegmentKey key, Fragment fragment) {
    // shipped when it was written
  }

  @Override
  public void closed(String storage, SegmentKey key, long bytes) {
    each(replica -> replica.closed(storage, key, bytes));
  }

  @Override
  public void deleted(String storage, SegmentKey key) {
    each(replica -> replica.deleted(storage, key));
  }
}
