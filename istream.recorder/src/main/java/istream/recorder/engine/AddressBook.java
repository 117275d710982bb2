// SPDX-License-Identifier: Apache-2.0
package istream.recorder.engine;

import istream.api.camera.Camera;
import istream.api.camera.CameraException;
import istream.api.camera.StreamResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Turns cameras into addresses, which may take its time: on threads that end when idle. */
public final class AddressBook implements AutoCloseable {
  private static final int THREADS = 4;
  private static final int DEFAULT_PORT = 554;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS, THREADS, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), AddressBook::thread);
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

  /** Makes an address book without threads. */
  public AddressBook() {
    threads.allowCoreThreadTimeOut(true);
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

  /** Finds the stream of a camera; fails with {@link CameraException}. */
  CompletableFuture<Place> find(Camera camera) {
    return ask(() -> place(url(camera)));
  }

  /** Finds the host of an address; fails with {@link CameraException}. */
  CompletableFuture<Place> find(String url) {
    return ask(() -> place(url));
  }

  private CompletableFuture<Place> ask(Callable<Place> question) {
    CompletableFuture<Place> place = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            place.complete(question.call());
          } catch (Exception e) {
            place.completeExceptionally(e);
          }
        });
    return place;
  }

  private String url(Camera camera) throws CameraException {
    if (!camera.rtspUrl().isEmpty()) {
      return camera.rtspUrl();
    }
    StreamResolver now = resolver;
    if (now == null) {
      throw new CameraException(
          "the stream is to be asked for by ONVIF, which is not installed; set rtsp.url instead",
          true,
          null);
    }
    return now.resolve(camera);
  }

  private static Place place(String url) throws CameraException {
    String authority = url.substring(url.indexOf("//") + 2).split("[/?]", 2)[0];
    int colon = authority.lastIndexOf(':');
    boolean bare = colon < 0 || authority.endsWith("]");
    String host = bare ? authority : authority.substring(0, colon);
    try {
      int port = bare ? DEFAULT_PORT : Integer.parseInt(authority.substring(colon + 1));
      InetAddress address = InetAddress.getByName(host);
      return new Place(url, new InetSocketAddress(address, port));
    } catch (UnknownHostException e) {
      throw new CameraException("the name " + host + " is not known to the network", true, e);
    } catch (IllegalArgumentException e) {
      throw new CameraException("\"" + authority + "\" is not host:port", false, e);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
