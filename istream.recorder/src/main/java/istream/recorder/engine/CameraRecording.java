// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.camera.Camera;
import istream.api.footage.GapCause;
import istream.api.recording.RecorderState;
import istream.api.recording.RecorderStatus;
import istream.recorder.store.ArchiveLane;
import istream.recorder.store.CameraLane;
import istream.recorder.store.FootageItem;
import istream.recorder.store.FootageQueue;
import istream.recorder.store.Throughput;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recording of one camera: its network side and its disk side, and the queue between. */
public final class CameraRecording {
  private static final Logger LOG = LoggerFactory.getLogger(CameraRecording.class);
  private static final long STOP_MILLIS = 4000;

  private final String id;
  private final Equipment equipment;
  private final FootageQueue queue;
  private final ArchiveLane disk;
  private final CameraLane lane;
  private final Throughput throughput;
  private final CameraSupervisor supervisor;

  private CameraRecording(
      Camera camera, boolean audio, Duration segment, String archive, Equipment equipment) {
    this.id = camera.id();
    this.equipment = equipment;
    throughput = new Throughput(equipment.nanos());
    disk = equipment.lanes().lane(archive);
    queue = new FootageQueue(equipment::mostBytes, this::wakeDisk);
    lane = new CameraLane(id, segment, queue, throughput, equipment.nanos());
    supervisor =
        new CameraSupervisor(
            id,
            new Directions(camera, audio, equipment.addresses()),
            target -> new StreamSession(target, lane::problem, queue, equipment),
            new Blame(queue::tell),
            new StoreWatch(lane::recordedUntil),
            equipment);
  }

  /** Starts recording; never blocks. */
  public static CameraRecording start(
      Camera camera, boolean audio, Duration segment, String archive, Equipment equipment) {
    CameraRecording recording = new CameraRecording(camera, audio, segment, archive, equipment);
    equipment.share().join();
    recording.wakeDisk();
    equipment.loop().add(recording.supervisor);
    return recording;
  }

  private void wakeDisk() {
    disk.wake(lane);
  }

  /** Ends recording: closes the connection and the segment, and waits for that a few seconds. */
  public void stop(GapCause cause, String words) {
    CountDownLatch left = new CountDownLatch(1);
    equipment
        .loop()
        .execute(
            () -> {
              try {
                supervisor.leave();
              } finally {
                queue.tell(new FootageItem.Trouble(cause, words, true));
                queue.close();
                left.countDown();
              }
            });
    equipment.share().leave();
    try {
      boolean done =
          left.await(STOP_MILLIS, TimeUnit.MILLISECONDS) && disk.awaitFinished(lane, STOP_MILLIS);
      if (!done) {
        LOG.warn("camera {}: the disk is busy; its last seconds are stored in the background", id);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** What it is doing now. */
  public RecorderStatus status() {
    CameraSupervisor.Phase phase = supervisor.phase();
    String disk = lane.problem();
    boolean stored = disk.isEmpty();
    RecorderState state = stored ? phase.state() : RecorderState.WAITING;
    return new RecorderStatus(
        id,
        state,
        stored ? phase.reason() : disk,
        phase.since(),
        throughput.bitsPerSecond(),
        throughput.framesPerSecond(),
        lane.recordedUntil(),
        lane.durableUntil(),
        phase.notes());
  }
}
