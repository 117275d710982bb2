// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import com.hierynomus.sshj.key.KeyAlgorithms;
import com.hierynomus.sshj.transport.kex.DHGroups;
import com.hierynomus.sshj.transport.mac.Macs;
import java.util.List;
import java.util.Map;
import net.schmizz.keepalive.KeepAliveProvider;
import net.schmizz.sshj.Config;
import net.schmizz.sshj.ConfigImpl;
import net.schmizz.sshj.common.LoggerFactory;
import net.schmizz.sshj.common.SecurityUtils;
import net.schmizz.sshj.transport.compression.NoneCompression;
import net.schmizz.sshj.transport.kex.Curve25519SHA256;
import net.schmizz.sshj.transport.kex.ECDHNistP;
import net.schmizz.sshj.transport.random.JCERandom;
import net.schmizz.sshj.transport.random.SingletonRandomFactory;
import org.slf4j.Logger;
import org.slf4j.helpers.NOPLogger;

/**
 * What is offered to a server: what the JDK does by itself, with AES by the processor's own
 * instructions where it has them. BouncyCastle costs three times as much; sshj needs it for ECDSA.
 */
final class Algorithms {
  private static final String VERSION = "istream_0.1";

  private static final Map<String, List<String>> HOST_KEYS =
      Map.of(
          "ssh-ed25519",
          List.of("ssh-ed25519"),
          "ssh-rsa",
          List.of("rsa-sha2-512", "rsa-sha2-256"));

  private Algorithms() {}

  /**
   * By which algorithms a server can prove that it has a key of a type; empty if by none of ours.
   */
  static List<String> ofHostKey(String type) {
    return HOST_KEYS.getOrDefault(type, List.of());
  }

  static Config config() {
    SecurityUtils.setRegisterBouncyCastle(false);
    ConfigImpl config = new ConfigImpl();
    config.setVersion(VERSION);
    config.setLoggerFactory(new Silence());
    config.setRandomFactory(new SingletonRandomFactory(new JCERandom.Factory()));
    config.setKeyExchangeFactories(
        List.of(
            new Curve25519SHA256.Factory(),
            new Curve25519SHA256.FactoryLibSsh(),
            new ECDHNistP.Factory256(),
            DHGroups.Group16SHA512(),
            DHGroups.Group14SHA256()));
    config.setKeyAlgorithms(
        List.of(KeyAlgorithms.EdDSA25519(), KeyAlgorithms.RSASHA512(), KeyAlgorithms.RSASHA256()));
    config.setCipherFactories(CipherRace.cheapestFirst());
    config.setMACFactories(
        List.of(Macs.HMACSHA2256Etm(), Macs.HMACSHA2512Etm(), Macs.HMACSHA2256()));
    config.setCompressionFactories(List.of(new NoneCompression.Factory()));
    config.setKeepAliveProvider(KeepAliveProvider.HEARTBEAT);
    return config;
  }

  /** What sshj has to say is thrown to us, too; its own lines repeat it with a stack each time. */
  private static final class Silence implements LoggerFactory {
    @Override
    public Logger getLogger(String name) {
      return NOPLogger.NOP_LOGGER;
    }

    @Override
    public Logger getLogger(Class<?> type) {
      return NOPLogger.NOP_LOGGER;
    }
  }
}
