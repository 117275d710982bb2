// SPDX-License-Identifier: Apache-2.0
package istream.api.camera;

import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** Looks for cameras on the network. */
@ProviderType
public interface CameraFinder {
  /**
   * Looks, and asks those that it finds what they are. Blocks for the time of the search and at
   * most some seconds more (with a login, some 15 s); may be repeated; several may look at once.
   *
   * @param progress is told of each camera as soon as it is seen, by a line for a person; called on
   *     the caller's thread
   * @throws CameraException if it cannot look at all: no usable interface, one of that name does
   *     not exist; the message says what there is
   */
  CameraCensus find(CameraSearch search, Consumer<String> progress) throws CameraException;
}
