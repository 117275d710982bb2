// SPDX-License-Identifier: Apache-2.0
package istream.onvif.discovery;

import istream.api.camera.CameraException;
import java.util.List;

/** Looks around. Any thread may call; several searches may go on at once. */
public interface Discovery {
  /**
   * Probes on the interfaces and listens. Blocks until the time is over, or the thread is
   * interrupted.
   *
   * @param interfaces names; empty for all usable ones
   * @param nanos how long to listen
   * @param seen told of every new or better known device on the caller's thread, as early as
   *     possible; returns whether to go on listening
   * @return what stood in the way, for a person
   * @throws CameraException if it cannot listen at all
   */
  List<String> look(List<String> interfaces, long nanos, Listener seen) throws CameraException;

  /**
   * Asks one host directly, by unicast, who it is; for a host that is asked by name.
   *
   * @param host name or address
   * @param nanos how long to listen
   * @return the devices that answered; empty if none did
   */
  List<Device> ask(String host, long nanos);

  /** Follows a search. */
  interface Listener {
    /**
     * A device was seen, or more is known of it than before; then its number is what it was.
     *
     * @return whether to go on listening
     */
    boolean seen(Device device);
  }
}
