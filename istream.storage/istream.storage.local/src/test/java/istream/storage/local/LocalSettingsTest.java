// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.footage.StoreStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a storage makes of its file. */
final class LocalSettingsTest {
  @TempDir private Path data;

  private StoreStatus status(Map<String, String> properties) {
    LocalSettings settings = LocalSettings.of(properties, data);
    try (LocalStorage storage =
        new LocalStorage(
            settings, Clock.systemUTC(), System::nanoTime, List::of, () -> Long.MAX_VALUE)) {
      storage.start();
      return storage.store().status();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "istream.storage.local, istream.storage.local",
    "istream.storage.local~Archive, Archive",
    "istream.storage.local~K\u00fcche, K\u00fcche"
  })
  void aFileWithoutAUsableIdIsMisconfiguredAndShown(String pid, String shown) {
    StoreStatus status = status(Map.of("service.pid", pid));
    assertEquals(shown, status.id());
    assertEquals(StoreStatus.State.MISCONFIGURED, status.state());
    assertTrue(status.lastError().contains("istream.storage.local-ID.cfg"), status.lastError());
  }

  @Test
  void aVariableWithoutValueIsNoDirectory() {
    StoreStatus status =
        status(Map.of("service.pid", "istream.storage.local~usb", "path", "$[env:USB]/footage"));
    assertEquals(StoreStatus.State.MISCONFIGURED, status.state());
    assertTrue(status.lastError().contains("path \"$[env:USB]\""), status.lastError());
    assertEquals(0, data.toFile().list().length, "no directory of that name is made");
  }
}
