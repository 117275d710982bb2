// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertNotEquals;
import static org.junit.Assert.assertTrue;

import istream.api.footage.FootageArchive;
import istream.api.footage.FootageStore;
import istream.api.footage.GapLedger;
import istream.api.recording.CameraRecorder;
import istream.api.recording.RecorderState;
import istream.api.recording.RecorderStatus;
import istream.api.recording.StreamProbe;
import istream.api.retention.RetentionPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** The services that bundles find each other by, seen from inside the framework. */
@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public final class ServicesExamIT {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration EFFECT = Duration.ofSeconds(15);
  private static final String ARCHIVE = "(" + FootageStore.STORAGE_ID + "=archive)";
  private static final String POLICY = "(storage=archive)";
  private static final String SILENT = "rtsp.url = rtsp://127.0.0.1:1/none\n";

  @Inject private BundleContext context;

  @Configuration
  public Option[] distribution() {
    return ExamDistribution.ofBuild().options();
  }

  @Test
  public void everyBundleIsActiveAndItsServicesAreThere() throws Exception {
    List<String> shipped = shipped();
    assertTrue(shipped.toString(), shipped.size() >= 5);
    Wait.until("all are active: " + shipped, START, () -> active().containsAll(shipped));
    for (Class<?> type : List.of(FootageArchive.class, FootageStore.class, GapLedger.class)) {
      Wait.until(type + " of the archive", START, () -> count(type, ARCHIVE) == 1);
    }
    Wait.until("a policy for the archive", START, () -> count(RetentionPolicy.class, POLICY) == 1);
    Wait.until("a probe", START, () -> count(StreamProbe.class, null) == 1);
  }

  @Test
  public void aFileIsARecorderForAsLongAsItIsThere() throws Exception {
    write("front", SILENT);
    Wait.until(
        "the recorder is there", EFFECT, () -> count(CameraRecorder.class, id("front")) == 1);
    assertEquals("front", status("front").camera());
    assertNotEquals(RecorderState.MISCONFIGURED, status("front").state());
    delete("front");
    Wait.until("the recorder is gone", EFFECT, () -> count(CameraRecorder.class, id("front")) == 0);
  }

  @Test
  public void aWrongValueIsARecorderThatSaysWhatToChange() throws Exception {
    write("wrong", SILENT + "segment.seconds = soon\n");
    Wait.until(
        "the recorder is there", EFFECT, () -> count(CameraRecorder.class, id("wrong")) == 1);
    RecorderStatus status = status("wrong");
    assertEquals(RecorderState.MISCONFIGURED, status.state());
    String allowed = "allowed: a whole number from ";
    for (String part :
        List.of("istream.camera-wrong.cfg", "segment.seconds", "\"soon\"", allowed)) {
      assertTrue(part + " in " + status.reason(), status.reason().contains(part));
    }
    delete("wrong");
    Wait.until("the recorder is gone", EFFECT, () -> count(CameraRecorder.class, id("wrong")) == 0);
  }

  @Test
  public void anUpdatedBundleLeavesTheServicesOfOthersAlone() throws Exception {
    write("kept", SILENT);
    Wait.until("the recorder is there", START, () -> count(CameraRecorder.class, id("kept")) == 1);
    Wait.until("a policy for the archive", START, () -> count(RetentionPolicy.class, POLICY) == 1);
    for (String updated : List.of("istream.retention", "istream.shell")) {
      Map<Long, String> others = servicesOfOthers(updated);
      assertFalse("services beside " + updated, others.isEmpty());
      Collection<Long> before = servicesOf(updated).keySet();
      update(updated);
      Wait.until(
          updated + " is back with its services",
          START,
          () -> servicesOf(updated).size() == before.size());
      assertTrue(
          updated + " was not replaced",
          servicesOf(updated).keySet().stream().noneMatch(before::contains));
      assertEquals("after an update of " + updated, others, servicesOfOthers(updated));
    }
    delete("kept");
    Wait.until("the recorder is gone", EFFECT, () -> count(CameraRecorder.class, id("kept")) == 0);
  }

  /** The same jar again, as {@code bundle:update} brings a new one. */
  private void update(String name) throws BundleException, IOException {
    try (InputStream jar = Files.newInputStream(jars().get(name))) {
      bundle(name).update(jar);
    }
    assertEquals(name, Bundle.ACTIVE, bundle(name).getState());
  }

  private List<String> shipped() throws IOException {
    return List.copyOf(jars().keySet());
  }

  /** Our jars in the distribution, by the name of the bundle. */
  private Map<String, Path> jars() throws IOException {
    Map<String, Path> jars = new TreeMap<>();
    Path ours = Path.of(context.getProperty("karaf.home"), "system/dev/istream");
    try (Stream<Path> files = Files.walk(ours)) {
      files
          .filter(file -> file.toString().endsWith(".jar"))
          .forEach(jar -> jars.put(ours.relativize(jar).getName(0).toString(), jar));
    }
    return jars;
  }

  private List<String> active() {
    return Stream.of(context.getBundles())
        .filter(bundle -> bundle.getState() == Bundle.ACTIVE)
        .map(Bundle::getSymbolicName)
        .toList();
  }

  private Bundle bundle(String name) {
    return Stream.of(context.getBundles())
        .filter(bundle -> name.equals(bundle.getSymbolicName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no bundle " + name));
  }

  private Map<Long, String> servicesOfOthers(String name) throws IOException {
    Map<Long, String> services = new TreeMap<>();
    for (String other : shipped()) {
      if (!other.equals(name)) {
        services.putAll(servicesOf(other));
      }
    }
    return services;
  }

  /** By their identity, which changes when they are registered anew. */
  private Map<Long, String> servicesOf(String name) {
    Map<Long, String> services = new TreeMap<>();
    ServiceReference<?>[] registered = bundle(name).getRegisteredServices();
    if (registered != null) {
      for (ServiceReference<?> service : registered) {
        String types = Arrays.toString((String[]) service.getProperty(Constants.OBJECTCLASS));
        services.put((Long) service.getProperty(Constants.SERVICE_ID), types);
      }
    }
    return services;
  }

  private int count(Class<?> type, String filter) throws InvalidSyntaxException {
    return new ArrayList<>(context.getServiceReferences(type, filter)).size();
  }

  private static String id(String camera) {
    return "(" + CameraRecorder.CAMERA_ID + "=" + camera + ")";
  }

  private RecorderStatus status(String camera) throws InvalidSyntaxException {
    ServiceReference<CameraRecorder> found =
        context.getServiceReferences(CameraRecorder.class, id(camera)).iterator().next();
    try {
      return context.getService(found).status();
    } finally {
      context.ungetService(found);
    }
  }

  private void write(String camera, String text) throws IOException {
    Files.writeString(file(camera), text);
  }

  private void delete(String camera) throws IOException {
    Files.delete(file(camera));
  }

  private Path file(String camera) {
    return Path.of(context.getProperty("karaf.etc"), "istream.camera-" + camera + ".cfg");
  }
}
