// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Who sees the archive sees the ledger too: recorders ask it as soon as there is an archive. */
final class LocalStorageComponentTest {
  @TempDir Path data;
  private final List<String> events = new ArrayList<>();

  private static <T> T fake(Class<T> type, InvocationHandler answers) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
  }

  private ServiceRegistration<?> registration(String service) {
    events.add("+" + service);
    return fake(
        ServiceRegistration.class,
        (proxy, method, arguments) -> {
          events.add("-" + service);
          return null;
        });
  }

  @Test
  void theArchiveComesLastAndGoesFirst() {
    BundleContext bundles =
        fake(
            BundleContext.class,
            (proxy, method, arguments) ->
                method.getName().equals("getProperty")
                    ? data.toString()
                    : registration(((Class<?>) arguments[0]).getSimpleName()));
    LocalStorageComponent component =
        new LocalStorageComponent(bundles, Map.of("service.pid", "istream.storage.local~archive"));
    component.start();
    component.stop();
    assertEquals(
        List.of(
            "+GapLedger",
            "+FootageStore",
            "+FootageSource",
            "+FootageArchive",
            "-FootageArchive",
            "-FootageSource",
            "-FootageStore",
            "-GapLedger"),
        events);
  }
}
