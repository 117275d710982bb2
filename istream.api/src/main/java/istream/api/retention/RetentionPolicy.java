// SPDX-License-Identifier: Apache-2.0
package istream.api.retention;

import istream.api.footage.FootageException;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps one storage, or one camera's footage on it, within a budget: one service per configuration
 * file. Any thread may call; blocks as the storage does.
 */
@ProviderType
public interface RetentionPolicy {
  /** The policy's id. */
  String id();

  /**
   * Says why it cannot do its work, as of its file or its last look, with the next step; empty if
   * it can. Never blocks.
   */
  String problem();

  /**
   * Says what it would delete now, and deletes nothing.
   *
   * @throws FootageException if the storage cannot be read
   */
  RetentionPlan plan() throws FootageException;

  /**
   * Deletes what has to go, oldest first, at most a thousand segments, and says what went. Where
   * more has to go, the policy goes on by itself at once.
   *
   * @throws FootageException if the storage cannot be read or refuses to delete
   */
  RetentionPlan enforce() throws FootageException;
}
