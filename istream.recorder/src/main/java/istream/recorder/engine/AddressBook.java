// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.camera.Camera;
import istream.api.camera.CameraException;
import istream.api.camera.StreamResolver;
import istream.recorder.rtsp.Quotation;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Turns cameras into addresses, which may take its time: each question on a thread of its own, so
 * that none waits for another, which ends when idle. IP addresses are answered in place.
 */
public final class AddressBook implements AutoCloseable {
  private static final long NAME_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** A resolver may take 30 s, and then there may be a name in its answer. */
  private static final long CAMERA_NANOS = TimeUnit.SECONDS.toNanos(30) + NAME_NANOS;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), AddressBook::thread);

  /** Who asks again while an answer is waited for gets the same: so there are few threads. */
  private final Map<Object, CompletableFuture<Place>> underWay = new ConcurrentHashMap<>();

  private final Names names;
  private volatile StreamResolver resolver;

  /**
   * Where a stream is.
   *
   * @param url RTSP address without a login
   * @param address of its host, resolved
   */
  public record Place(String url, InetSocketAddress address) {
    /** Whether both are on one host, by its name or by its address. */
    boolean sameHost(Place other) {
      return address.getHostString().equalsIgnoreCase(other.address.getHostString())
          || address.getAddress().equals(other.address.getAddress());
    }
  }

  /** Knows the addresses of hosts. May block. */
  interface Names {
    InetAddress find(String host) throws UnknownHostException;
  }

  /** Makes an address book without threads that asks the system for names. */
  public AddressBook() {
    this(InetAddress::getByName);
  }

  AddressBook(Names names) {
    this.names = names;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "istream-resolve");
    thread.setDaemon(true);
    return thread;
  }

  /** Asks cameras for their stream through this from now on. */
  public void use(StreamResolver newResolver) {
    resolver = newResolver;
  }

  /** That one is gone. */
  public void forget(StreamResolver old) {
    if (resolver == old) {
      resolver = null;
    }
  }

  /** Asks for the stream of a camera; never blocks. */
  Question find(Camera camera) {
    if (!camera.rtspUrl().isEmpty()) {
      return find(camera.rtspUrl());
    }
    String words = "asking " + camera.id() + " for its stream";
    return new Question(
        words, "onvif.url", CAMERA_NANOS, ask(camera, words, () -> place(resolve(camera))));
  }

  /** Asks for the host of an address; never blocks. */
  Question find(String url) {
    try {
      Authority authority = Authority.of(url);
      String words = "looking up " + Quotation.of(authority.host());
      CompletableFuture<Place> answer =
          authority.isNumeric()
              ? CompletableFuture.completedFuture(place(url))
              : ask(url, words, () -> place(url));
      return new Question(words, "the name server", NAME_NANOS, answer);
    } catch (CameraException e) {
      return new Question("", "", NAME_NANOS, CompletableFuture.failedFuture(e));
    }
  }

  private CompletableFuture<Place> ask(Object key, String words, Callable<Place> question) {
    CompletableFuture<Place> answer = new CompletableFuture<>();
    CompletableFuture<Place> before = underWay.putIfAbsent(key, answer);
    if (before != null) {
      return before;
    }
    try {
      threads.execute(() -> answer(key, words, question));
    } catch (RuntimeException | Error fault) {
      settle(key, null, failure(words, fault));
    }
    return answer;
  }

  private void answer(Object key, String words, Callable<Place> question) {
    try {
      settle(key, question.call(), null);
    } catch (Throwable fault) {
      settle(key, null, failure(words, fault));
    }
  }

  private void settle(Object key, Place place, CameraException failure) {
    CompletableFuture<Place> answer = underWay.remove(key);
    if (failure == null) {
      answer.complete(place);
    } else {
      answer.completeExceptionally(failure);
    }
  }

  /** An answer that never came would be waited for until its time is up, and its cause unknown. */
  private static CameraException failure(String words, Throwable fault) {
    return fault instanceof CameraException known && known.getMessage() != null
        ? known
        : new CameraException(words + " failed: " + Quotation.of(fault.toString()), true, fault);
  }

  private String resolve(Camera camera) throws CameraException {
    StreamResolver now = resolver;
    if (now == null) {
      throw new CameraException(
          "the stream is to be asked for by ONVIF, which is not installed; set rtsp.url instead",
          true,
          null);
    }
    return now.resolve(camera);
  }

  private Place place(String url) throws CameraException {
    Authority authority = Authority.of(url);
    String host = authority.host();
    try {
      InetAddress address = authority.isNumeric() ? InetAddress.getByName(host) : names.find(host);
      return new Place(url, new InetSocketAddress(address, authority.port()));
    } catch (UnknownHostException e) {
      throw new CameraException(
          "the name " + Quotation.of(host) + " is not known to the network", true, e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
