// SPDX-License-Identifier: Apache-2.0
package istream.recorder.buffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PayloadTest {
  private final ChunkPool pool = new ChunkPool(1 << 20);

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] content(Payload payload) {
    List<ByteBuffer> buffers = new ArrayList<>();
    payload.addTo(buffers);
    ByteBuffer all = ByteBuffer.allocate(payload.size());
    buffers.forEach(all::put);
    return all.array();
  }

  @Test
  void keepsWhatIsAppendedWhateverTheSize() {
    for (int length : new int[] {0, 1, 1023, 1024, 1025, 9215, 9216, 9217, 100_000}) {
      byte[] bytes = random(length);
      Payload payload = new Payload(pool);
      for (int from = 0; from < length; from += 700) {
        payload.append(ByteBuffer.wrap(bytes, from, Math.min(700, length - from)));
      }
      assertArrayEquals(bytes, content(payload), length + " bytes");
      payload.release();
    }
    assertEquals(0, pool.usedBytes());
  }

  @Test
  void overwritesAcrossChunks() {
    byte[] bytes = random(20_000);
    Payload payload = new Payload(pool);
    payload.append(ByteBuffer.wrap(bytes));
    for (int offset : new int[] {0, 1021, 1022, 1024, 9214, 9216, 19_996}) {
      payload.putInt(offset, 0x01020304);
      ByteBuffer.wrap(bytes).putInt(offset, 0x01020304);
      assertEquals(bytes[offset + 3], payload.get(offset + 3));
    }
    assertArrayEquals(bytes, content(payload));
  }

  @Test
  void canBeCutAndGoOn() {
    byte[] bytes = random(12_000);
    for (int keep : new int[] {0, 1, 1024, 1025, 9216, 9217, 12_000}) {
      Payload payload = new Payload(pool);
      payload.append(ByteBuffer.wrap(bytes));
      payload.truncate(keep);
      payload.append(ByteBuffer.wrap(bytes, keep, bytes.length - keep));
      assertArrayEquals(bytes, content(payload), "cut to " + keep);
      payload.release();
    }
    assertEquals(0, pool.usedBytes());
  }

  @Test
  void saysWhenMemoryIsUsedUp() {
    Payload greedy = new Payload(pool);
    greedy.append(ByteBuffer.wrap(random(2 << 20)));
    assertTrue(greedy.failed());
    assertTrue(pool.usedBytes() <= 1 << 20);
    greedy.release();
    Payload next = new Payload(pool);
    next.append(ByteBuffer.wrap(random(100)));
    assertFalse(next.failed());
  }
}
