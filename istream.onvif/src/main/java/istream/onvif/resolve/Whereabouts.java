// SPDX-License-Identifier: Apache-2.0
package istream.onvif.resolve;

import istream.api.camera.Camera;
import istream.api.camera.CameraException;
import istream.api.camera.FoundCamera.Route;
import istream.onvif.discovery.Device;
import istream.onvif.discovery.Discovery;
import istream.onvif.soap.Conversation;
import istream.onvif.soap.Conversations;
import istream.onvif.soap.SoapFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where configured cameras are now. A camera whose endpoint is known is found again at another
 * address, and a device that has taken its address is not mistaken for it.
 */
final class Whereabouts {
  /** Known address first; whoever does not answer by then may have moved. */
  private static final long PATIENCE_MILLIS = 1000;

  private static final long IDENTITY_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  private final Conversations conversations;
  private final Discovery discovery;
  private final EndpointSearch search;
  private final ExecutorService threads;

  /** By endpoint: the device service that worked last. */
  private final Map<String, String> lastKnown = new ConcurrentHashMap<>();

  Whereabouts(
      Conversations conversations,
      Discovery discovery,
      EndpointSearch search,
      ExecutorService threads) {
    this.conversations = conversations;
    this.discovery = discovery;
    this.search = search;
    this.threads = threads;
  }

  /**
   * Reaches a camera wherever it is.
   *
   * @param deadline on {@link System#nanoTime}'s clock, for all of the conversation
   */
  Conversation reach(Camera camera, long deadline) throws CameraException, InterruptedException {
    if (camera.endpoint().isEmpty()) {
      return await(threads.submit(() -> open(camera.onvifUrl(), camera, deadline)));
    }
    String known = lastKnown.getOrDefault(camera.endpoint(), camera.onvifUrl());
    if (known.isEmpty()) {
      return await(threads.submit(() -> searched(camera, known, deadline)));
    }
    Future<Conversation> there = threads.submit(() -> same(known, camera, deadline));
    CameraException missing;
    try {
      return await(there, PATIENCE_MILLIS);
    } catch (TimeoutException slow) {
      return whicheverIsFirst(there, camera, known, deadline);
    } catch (CameraException e) {
      if (!e.retryable()) {
        throw e;
      }
      missing = e;
    }
    return searchedAfter(missing, camera, known, deadline);
  }

  private Conversation whicheverIsFirst(
      Future<Conversation> there, Camera camera, String known, long deadline)
      throws CameraException, InterruptedException {
    Future<Conversation> elsewhere = threads.submit(() -> searched(camera, known, deadline));
    try {
      return await(elsewhere);
    } catch (CameraException notFound) {
      // it may be slow, and deaf to probes
      try {
        return await(there);
      } catch (CameraException e) {
        throw both(e, notFound);
      }
    } finally {
      there.cancel(true);
      elsewhere.cancel(true);
    }
  }

  private Conversation searchedAfter(
      CameraException missing, Camera camera, String known, long deadline)
      throws CameraException, InterruptedException {
    try {
      return await(threads.submit(() -> searched(camera, known, deadline)));
    } catch (CameraException notFound) {
      throw both(missing, notFound);
    }
  }

  private static CameraException both(CameraException there, CameraException elsewhere) {
    return new CameraException(
        there.getMessage() + "; and " + elsewhere.getMessage(),
        there.retryable() && elsewhere.retryable(),
        there);
  }

  /** Asks at a known address, unless somebody else is there now. */
  private Conversation same(String url, Camera camera, long deadline) throws CameraException {
    Future<List<Device>> identity = threads.submit(() -> discovery.ask(host(url), IDENTITY_NANOS));
    Conversation conversation = open(url, camera, deadline);
    try {
      List<Device> there = await(identity);
      if (!there.isEmpty() && there.stream().noneMatch(it -> is(it, camera))) {
        throw new CameraException(
            "at "
                + host(url)
                + " there is another device now, with the endpoint "
                + there.get(0).endpoint(),
            true,
            null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CameraException("interrupted", true, e);
    }
    return conversation;
  }

  private static boolean is(Device device, Camera camera) {
    return device.endpoint().isEmpty() || device.endpoint().equals(camera.endpoint());
  }

  private Conversation searched(Camera camera, String known, long deadline)
      throws CameraException, InterruptedException {
    List<Device> found = search.find(camera.endpoint());
    if (found.isEmpty()) {
      throw new CameraException(
          "no device answers to its endpoint "
              + camera.endpoint()
              + "; check that the camera is on and in a network of this machine",
          true,
          null);
    }
    Device device = found.size() == 1 ? found.get(0) : atHome(found, camera, known);
    if (!device.clash().isEmpty()) {
      throw new CameraException(device.clash(), true, null);
    }
    CameraException first = null;
    for (String url : device.urls()) {
      try {
        Conversation conversation = open(url, camera, deadline);
        lastKnown.put(camera.endpoint(), conversation.deviceUrl());
        return conversation;
      } catch (CameraException e) {
        if (!e.retryable()) {
          throw e;
        }
        first = first == null ? e : first;
      }
    }
    throw first;
  }

  /** Endpoints repeat: of several devices it can only be the one that is where it was. */
  private static Device atHome(List<Device> found, Camera camera, String known)
      throws CameraException {
    for (Device device : found) {
      for (Route route : device.routes()) {
        if (!known.isEmpty() && route.address().equals(host(known))) {
          return device;
        }
      }
    }
    String places =
        String.join(", ", found.stream().map(it -> it.routes().get(0).address()).sorted().toList());
    throw new CameraException(
        found.size()
            + " devices answer to the endpoint "
            + camera.endpoint()
            + " ("
            + places
            + "); set onvif.url to the right one and remove onvif.endpoint",
        false,
        null);
  }

  private Conversation open(String url, Camera camera, long deadline) throws CameraException {
    try {
      return conversations.open(url, camera.credentials(), deadline);
    } catch (SoapFailure e) {
      throw Unanswered.of(e);
    }
  }

  private static String host(String url) {
    String authority = url.substring(url.indexOf("://") + 3).split("[/?#]", 2)[0];
    String place = authority.substring(authority.lastIndexOf('@') + 1);
    return place.startsWith("[")
        ? place.substring(1, Math.max(1, place.indexOf(']')))
        : place.split(":", 2)[0];
  }

  private static <T> T await(Future<T> future) throws CameraException, InterruptedException {
    try {
      return await(future, Long.MAX_VALUE);
    } catch (TimeoutException e) {
      throw new IllegalStateException("waited for ever", e);
    } finally {
      future.cancel(true);
    }
  }

  private static <T> T await(Future<T> future, long millis)
      throws CameraException, InterruptedException, TimeoutException {
    try {
      return future.get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof CameraException known) {
        throw known;
      }
      throw new CameraException("a fault of istream: " + e.getCause(), true, e);
    }
  }
}
