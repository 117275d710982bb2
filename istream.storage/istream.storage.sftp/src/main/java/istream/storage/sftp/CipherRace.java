// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.mac.Macs;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.transport.mac.MAC;

/**
 * Which cipher costs least on this machine. Processors with instructions for AES and those without
 * differ, and so do the compilers of the virtual machine. Run once, when first needed.
 */
final class CipherRace {
  private static final int PACKET = 8 * 1024;
  private static final int LENGTH_FIELD = 4;
  private static final int TAG = 16;
  private static final long NANOS_EACH = 12_000_000;

  private CipherRace() {}

  /** The result. */
  static List<Factory.Named<Cipher>> cheapestFirst() {
    return Result.ORDER;
  }

  /** Holds the result, so that only who asks for it pays for it. */
  private static final class Result {
    static final List<Factory.Named<Cipher>> ORDER = run();
  }

  private static List<Factory.Named<Cipher>> run() {
    Map<Factory.Named<Cipher>, Long> nanos = new LinkedHashMap<>();
    for (Factory.Named<Cipher> it : List.of(GcmCiphers.AES128GCM(), GcmCiphers.AES256GCM())) {
      nanos.put(it, fastest(sealing(started(it.create()))));
    }
    Factory.Named<Cipher> counter = BlockCiphers.AES128CTR();
    nanos.put(counter, fastest(enciphering(started(counter.create()))));
    return nanos.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static Cipher started(Cipher cipher) {
    cipher.init(Cipher.Mode.Encrypt, new byte[cipher.getBlockSize()], new byte[cipher.getIVSize()]);
    return cipher;
  }

  private static Runnable sealing(Cipher cipher) {
    byte[] packet = new byte[LENGTH_FIELD + PACKET + TAG];
    return () -> cipher.updateWithAAD(packet, 0, LENGTH_FIELD, PACKET);
  }

  private static Runnable enciphering(Cipher cipher) {
    byte[] packet = new byte[PACKET];
    MAC mac = Macs.HMACSHA2256Etm().create();
    mac.init(new byte[mac.getBlockSize()]);
    return () -> {
      cipher.update(packet, 0, PACKET);
      mac.update(packet, 0, PACKET);
      mac.doFinal();
    };
  }

  /** The fastest of many: others come from compiling, and from what else the machine does. */
  private static long fastest(Runnable packet) {
    long end = System.nanoTime() + NANOS_EACH;
    long best = Long.MAX_VALUE;
    for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
      packet.run();
      best = Math.min(best, System.nanoTime() - start);
    }
    return best;
  }
}
