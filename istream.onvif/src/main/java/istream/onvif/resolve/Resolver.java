// SPDX-License-Identifier: Apache-2.0
package istream.onvif.resolve;

import istream.api.camera.Camera;
import istream.api.camera.CameraException;
import istream.api.camera.StreamProfile;
import istream.api.camera.StreamResolver;
import istream.onvif.discovery.Discovery;
import istream.onvif.media.Choice;
import istream.onvif.media.Inquiry;
import istream.onvif.media.MediaInquiry;
import istream.onvif.soap.Conversation;
import istream.onvif.soap.Conversations;
import istream.onvif.soap.SoapFailure;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Asks a camera, wherever it is now, for the stream of its profile. */
public final class Resolver implements StreamResolver, AutoCloseable {
  /** The contract says 30 s. */
  private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(25);

  private final Whereabouts whereabouts;
  private final Function<Conversation, Inquiry> inquiries;
  private final ExecutorService threads;
  private final LongSupplier nanoTime;

  Resolver(
      Whereabouts whereabouts,
      Function<Conversation, Inquiry> inquiries,
      ExecutorService threads,
      LongSupplier nanoTime) {
    this.whereabouts = whereabouts;
    this.inquiries = inquiries;
    this.threads = threads;
    this.nanoTime = nanoTime;
  }

  /**
   * A resolver of this machine, without threads while nobody asks.
   *
   * @param interfaces to look for cameras on; empty for all usable ones
   */
  public static Resolver over(
      Discovery discovery, Conversations conversations, List<String> interfaces) {
    ExecutorService threads =
        new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "istream-locate");
              thread.setDaemon(true);
              return thread;
            });
    EndpointSearch search = new EndpointSearch(discovery, interfaces, System::nanoTime);
    return new Resolver(
        new Whereabouts(conversations, discovery, search, threads),
        MediaInquiry::new,
        threads,
        System::nanoTime);
  }

  /** Those who are asking get a failure. */
  @Override
  public void close() {
    threads.shutdownNow();
  }

  @Override
  public String resolve(Camera camera) throws CameraException {
    try {
      Conversation conversation = whereabouts.reach(camera, nanoTime.getAsLong() + MOST_NANOS);
      Inquiry inquiry = inquiries.apply(conversation);
      List<StreamProfile> profiles = inquiry.profiles();
      return inquiry.streamUri(Choice.of(profiles, camera.profile()));
    } catch (SoapFailure e) {
      throw Unanswered.of(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CameraException("asking " + camera.id() + " was interrupted", true, e);
    }
  }
}
