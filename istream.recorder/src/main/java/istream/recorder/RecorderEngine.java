// SPDX-License-Identifier: Apache-2.0
package istream.recorder;

import istream.api.camera.StreamResolver;
import istream.api.footage.FootageArchive;
import istream.api.footage.FootageStore;
import istream.api.footage.GapLedger;
import istream.recorder.buffer.ChunkPool;
import istream.recorder.engine.AddressBook;
import istream.recorder.engine.CameraRecording;
import istream.recorder.engine.Equipment;
import istream.recorder.engine.MemoryShare;
import istream.recorder.engine.NetworkLoop;
import istream.recorder.store.ArchiveLanes;
import java.time.Clock;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** What all recorders share: the network thread, the disk threads, and the memory between them. */
@Component(service = RecorderEngine.class, immediate = true)
public final class RecorderEngine {
  /** Memory between network and disks, for all cameras together: a Pi has 1 GB and more to do. */
  private static final long POOL_BYTES = 80L << 20;

  private final ChunkPool pool = new ChunkPool(POOL_BYTES);
  private final ArchiveLanes lanes = new ArchiveLanes();
  private final AddressBook addresses = new AddressBook();
  private final NetworkLoop loop = new NetworkLoop(System::nanoTime);
  private final Equipment equipment =
      new Equipment(
          loop,
          lanes,
          pool,
          new MemoryShare(POOL_BYTES / 4 * 3),
          addresses,
          Clock.systemUTC(),
          System::nanoTime);

  /** Starts idle: threads wait until there is a camera. */
  @Activate
  public RecorderEngine() {}

  @Deactivate
  void stop() {
    loop.close();
    lanes.close();
    addresses.close();
  }

  CameraRecording record(CameraSettings settings) {
    return CameraRecording.start(
        settings.camera(), settings.audio(), settings.segment(), settings.archive(), equipment);
  }

  /** What is needed to open a stream. */
  public Equipment equipment() {
    return equipment;
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addArchive(FootageArchive archive) {
    lanes.add(archive);
  }

  void removeArchive(FootageArchive archive) {
    lanes.remove(archive);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addLedger(GapLedger ledger, Map<String, Object> properties) {
    lanes.add(String.valueOf(properties.get(FootageStore.STORAGE_ID)), ledger);
  }

  void removeLedger(GapLedger ledger) {
    lanes.remove(ledger);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addStore(FootageStore store, Map<String, Object> properties) {
    lanes.add(String.valueOf(properties.get(FootageStore.STORAGE_ID)), store);
  }

  void removeStore(FootageStore store) {
    lanes.remove(store);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setResolver(StreamResolver resolver) {
    addresses.use(resolver);
  }

  void unsetResolver(StreamResolver resolver) {
    addresses.forget(resolver);
  }
}
