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
  private final Arena arena = new Arena(pool);

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  private static byte[] content(Payload payload) {
    List<ByteBuffer> buffers = new ArrayList<>();
    Payload.gather(List.of(payload), buffers);
    ByteBuffer all = ByteBuffer.allocate(payload.size());
    buffers.forEach(all::put);
    return all.array();
  }

  @Test
  void keepsWhatIsAppendedWhateverTheSize() {
    for (int length : new int[] {0, 1, 1023, 1024, 1025, 9215, 9216, 9217, 100_000}) {
      byte[] bytes = random(length);
      Payload payload = arena.payload();
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
    Payload payload = arena.payload();
    payload.append(ByteBuffer.wrap(bytes));
    for (int offset : new int[] {0, 1021, 1022, 1024, 9214, 9216, 19_996}) {
      payload.putInt(offset, 0x01020304);
      ByteBuffer.wrap(bytes).putInt(offset, 0x01020304);
      assertEquals(bytes[offset + 3], payload.get(offset + 3));
    }
    assertArrayEquals(bytes, content(payload));
  }

  @Test
  void payloadsThatLieOneBehindTheOtherAreOneBuffer() {
    byte[] bytes = random(90_000);
    List<Payload> payloads = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += 900) {
      Payload payload = arena.payload();
      payload.append(ByteBuffer.wrap(bytes, from, 900));
      payloads.add(payload);
    }
    List<ByteBuffer> buffers = new ArrayList<>();
    Payload.gather(payloads, buffers);
    assertEquals(3, buffers.size());
    ByteBuffer all = ByteBuffer.allocate(bytes.length);
    buffers.forEach(
        buffer -> {
          assertEquals(0, buffer.position(), "can be rewound");
          all.put(buffer);
        });
    assertArrayEquals(bytes, all.array());
  }

  @Test
  void payloadsThatAreWrittenInTurnKeepTheirBytes() {
    byte[] bytes = random(200_000);
    Payload even = arena.payload();
    Payload odd = arena.payload();
    ByteBuffer evens = ByteBuffer.allocate(bytes.length / 2);
    for (int from = 0; from < bytes.length; from += 2000) {
      even.append(ByteBuffer.wrap(bytes, from, 1000));
      evens.put(bytes, from, 1000);
      odd.append(ByteBuffer.wrap(bytes, from + 1000, 1000));
    }
    odd.release();
    assertArrayEquals(evens.array(), content(even));
    even.release();
    assertEquals(0, pool.usedBytes());
  }

  @Test
  void manySmallPayloadsTakeLittleMoreThanTheirBytes() {
    for (int i = 0; i < 1000; i++) {
      arena.payload().append(ByteBuffer.wrap(random(160)));
    }
    assertTrue(pool.usedBytes() <= 160_000 + ChunkPool.CHUNK_BYTES, pool.usedBytes() + " bytes");
  }

  @Test
  void memoryGoesRoundForEver() {
    List<Payload> held = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      Payload payload = arena.payload();
      payload.append(ByteBuffer.wrap(random(10_000)));
      assertFalse(payload.failed(), "after " + i);
      held.add(payload);
      if (held.size() > 50) {
        held.remove(0).release();
      }
    }
  }

  @Test
  void saysWhenMemoryIsUsedUp() {
    Payload greedy = arena.payload();
    greedy.append(ByteBuffer.wrap(random(2 << 20)));
    assertTrue(greedy.failed());
    assertTrue(pool.usedBytes() <= 1 << 20);
    greedy.release();
    Payload next = arena.payload();
    next.append(ByteBuffer.wrap(random(100)));
    assertFalse(next.failed());
  }
}
