// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/**
 * The services that are there now, held until closed. Asked afresh by every command: were they
 * injected, the shell would take all commands away and bring them back whenever a camera comes or
 * goes. Confined to one thread.
 */
final class ServiceView implements AutoCloseable {
  private final List<ServiceReference<?>> held = new ArrayList<>();
  private final BundleContext context;

  ServiceView(BundleContext context) {
    this.context = context;
  }

  /** All services of the type, in no order; those whose provider fails to make one are left out. */
  <T> List<T> all(Class<T> type) {
    List<T> services = new ArrayList<>();
    try {
      for (ServiceReference<T> reference : context.getServiceReferences(type, null)) {
        T service = context.getService(reference);
        if (service != null) {
          held.add(reference);
          services.add(service);
        }
      }
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException("no filter was refused as a bad one", e);
    }
    return services;
  }

  @Override
  public void close() {
    held.forEach(context::ungetService);
    held.clear();
  }
}
