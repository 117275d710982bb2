// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import com.hierynomus.sshj.transport.cipher.BlockCiphers;
import com.hierynomus.sshj.transport.cipher.GcmCiphers;
import com.hierynomus.sshj.transport.mac.Macs;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import net.schmizz.sshj.common.Factory;
import net.schmizz.sshj.transport.cipher.Cipher;
import net.schmizz.sshj.transport.mac.MAC;

/**
 * Which cipher costs least on this machine. Processors with instructions for AES and those without
 * differ, and so do the compilers of the virtual machine. Run once, when first needed, and as long
 * as they take to get to these loops.
 */
final class CipherRace {
  private static final int PACKET = 8 * 1024;
  private static final int LENGTH_FIELD = 4;
  private static final int TAG = 16;
  private static final long NANOS = 400_000_000;

  /** Before the compilers get to it, on a busy machine, CTR looks better than it ever will be. */
  private static final long CTR_HANDICAP = 3;

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
    List<Lane> lanes =
        List.of(
            new Lane(GcmCiphers.AES128GCM(), 1, CipherRace::sealing),
            new Lane(GcmCiphers.AES256GCM(), 1, CipherRace::sealing),
            new Lane(BlockCiphers.AES128CTR(), CTR_HANDICAP, CipherRace::enciphering));
    long start = System.nanoTime();
    while (System.nanoTime() - start < NANOS) {
      lanes.forEach(Lane::run);
    }
    return lanes.stream()
        .sorted(Comparator.comparingLong(lane -> lane.best * lane.handicap))
        .<Factory.Named<Cipher>>map(lane -> lane.cipher)
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

  /** A cipher, and the fastest of its packets: others met a compiler, or what else runs here. */
  private static final class Lane {
    private final Factory.Named<Cipher> cipher;
    private final long handicap;
    private final Runnable packet;
    private long best = Long.MAX_VALUE;

    Lane(Factory.Named<Cipher> cipher, long handicap, Function<Cipher, Runnable> packet) {
      this.cipher = cipher;
      this.handicap = handicap;
      this.packet = packet.apply(started(cipher.create()));
    }

    void run() {
      long start = System.nanoTime();
      packet.run();
      best = Math.min(best, System.nanoTime() - start);
    }
  }
}
