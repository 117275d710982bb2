// SPDX-License-Identifier: Apache-2.0
package istream.onvif.find;

import istream.api.camera.CameraCensus;
import istream.api.camera.CameraException;
import istream.api.camera.CameraFinder;
import istream.api.camera.CameraSearch;
import istream.api.camera.FoundCamera;
import istream.api.recording.StreamProbe;
import istream.onvif.discovery.Device;
import istream.onvif.discovery.Discovery;
import istream.onvif.media.MediaInquiry;
import istream.onvif.soap.Conversations;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Looks around, and asks each device while it goes on listening for others. */
public final class Finder implements CameraFinder {
  /** After the listening: for devices that answer late, and with a login, many questions. */
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(4);

  private static final long LOGIN_NANOS = TimeUnit.SECONDS.toNanos(12);

  private final Discovery discovery;
  private final Interview interview;
  private final Function<InetAddress, List<Integer>> survey;
  private final Habits habits;
  private final LongSupplier nanoTime;

  /**
   * What the owner configured.
   *
   * @param interfaces to look on; empty for all usable ones
   * @param time to listen
   */
  public record Habits(List<String> interfaces, Duration time) {}

  Finder(
      Discovery discovery,
      Interview interview,
      Function<InetAddress, List<Integer>> survey,
      Habits habits,
      LongSupplier nanoTime) {
    this.discovery = discovery;
    this.interview = interview;
    this.survey = survey;
    this.habits = habits;
    this.nanoTime = nanoTime;
  }

  /** A finder of this machine. */
  public static Finder over(
      Discovery discovery,
      Conversations conversations,
      Supplier<Optional<StreamProbe>> probes,
      Habits habits) {
    Interview interview =
        new Interview(conversations, MediaInquiry::new, new CodecCheck(probes), System::nanoTime);
    return new Finder(discovery, interview, PortSurvey::open, habits, System::nanoTime);
  }

  @Override
  public CameraCensus find(CameraSearch search, Consumer<String> progress) throws CameraException {
    long grace = search.credentials().present() ? LOGIN_NANOS : GRACE_NANOS;
    try (FairCrew crew = new FairCrew()) {
      if (!search.hosts().isEmpty()) {
        return ask(search, crew, nanoTime.getAsLong() + grace, progress);
      }
      long time = search.time().orElse(habits.time()).toNanos();
      List<String> interfaces =
          search.interfaces().isEmpty() ? habits.interfaces() : search.interfaces();
      progress.accept(
          "listening for " + TimeUnit.NANOSECONDS.toSeconds(time) + " s on " + on(interfaces));
      Roll roll =
          new Roll(interview, search.credentials(), crew, nanoTime.getAsLong() + time + grace);
      List<String> remarks =
          discovery.look(
              interfaces,
              time,
              device -> {
                roll.take(device, progress);
                return true;
              });
      return new CameraCensus(roll.await(nanoTime), remarks);
    }
  }

  private static String on(List<String> interfaces) {
    return interfaces.isEmpty() ? "every usable interface" : String.join(", ", interfaces);
  }

  private CameraCensus ask(
      CameraSearch search, FairCrew crew, long deadline, Consumer<String> progress)
      throws CameraException {
    Roll roll = new Roll(interview, search.credentials(), crew, deadline);
    List<String> remarks = new ArrayList<>();
    int number = 0;
    for (String host : search.hosts()) {
      HostQuery query = HostQuery.of(host);
      progress.accept("asking " + query.host());
      try {
        for (Device device : query.devices(discovery, survey)) {
          roll.take(device.numbered(number++), progress);
        }
      } catch (CameraException e) {
        remarks.add(e.getMessage());
      }
    }
    List<FoundCamera> cameras = roll.await(nanoTime);
    if (cameras.isEmpty()) {
      throw new CameraException(String.join("; ", remarks), true, null);
    }
    return new CameraCensus(cameras, remarks);
  }
}
