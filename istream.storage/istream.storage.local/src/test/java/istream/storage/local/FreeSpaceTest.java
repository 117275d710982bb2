// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.FootageException;
import java.io.IOException;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What is free is reckoned between two questions to the file system. */
final class FreeSpaceTest {
  private static final long FLOOR = 1_000;

  private long answer = 5_000;
  private long now;
  private Runnable meanwhile = () -> {};
  private final FreeSpace space =
      new FreeSpace(
          () -> {
            long told = answer;
            meanwhile.run();
            return told;
          },
          FLOOR,
          () -> now,
          new Health("archive"));

  @Test
  void whatIsDeletedIsFreeAtOnceSoThatNobodyDeletesItsLikeAgain() throws Exception {
    space.reserve(3_500);
    assertEquals(OptionalLong.of(1_500), space.known());
    assertThrows(FootageException.class, () -> space.reserve(600));
    assertTrue(space.full());
    space.freed(2_000);
    assertFalse(space.full());
    space.reserve(600);
  }

  @Test
  void aDiskThatRefusedAsQuotasDoIsNotFullForEverAfterADeletion() throws Exception {
    space.reserve(10);
    FootageException refused = space.full(10, new IOException("Disk quota exceeded"));
    assertTrue(refused.retryable());
    assertTrue(space.full());
    space.freed(100);
    assertFalse(space.full());
  }

  @Test
  void whatHappensWhileTheFileSystemIsAskedIsNotForgotten() throws Exception {
    space.refresh();
    now += 2_000_000_000L;
    answer = 9_000;
    meanwhile =
        () -> {
          meanwhile = () -> {};
          space.freed(300);
        };
    space.refresh();
    assertEquals(OptionalLong.of(9_300), space.known());
  }
}
