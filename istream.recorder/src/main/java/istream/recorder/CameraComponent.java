// SPDX-License-Identifier: Apache-2.0
package istream.recorder;

import istream.api.configuration.ConfigProblem;
import istream.api.footage.GapCause;
import istream.api.recording.CameraRecorder;
import istream.api.recording.RecorderState;
import istream.api.recording.RecorderStatus;
import istream.recorder.engine.CameraRecording;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One camera file: one recorder. It is registered by hand, because {@link CameraRecorder#CAMERA_ID}
 * comes from the file's name, which Declarative Services cannot publish.
 */
@Component(
    service = {},
    configurationPid = "istream.camera",
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true)
@Designate(ocd = CameraComponent.Config.class, factory = true)
public final class CameraComponent implements CameraRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(CameraComponent.class);

  /** A camera; the file is {@code etc/istream.camera-ID.cfg}. */
  @ObjectClassDefinition(name = "istream camera")
  @interface Config {
    /** Where the stream is. */
    @AttributeDefinition(description = "Where the stream is; without a login in it")
    String rtsp_url() default "";

    /** The camera's ONVIF device service. */
    @AttributeDefinition(
        description = "The camera's ONVIF device service, asked for the stream at every connect")
    String onvif_url() default "";

    /** Its WS-Discovery endpoint. */
    @AttributeDefinition(
        description = "Its WS-Discovery endpoint: found again when its address changes")
    String onvif_endpoint() default "";

    /** User. */
    @AttributeDefinition(description = "User for ONVIF and RTSP")
    String user() default "";

    /** Password. */
    @AttributeDefinition(description = "Password for ONVIF and RTSP")
    String _password() default "";

    /** Profile. */
    @AttributeDefinition(description = "main (largest), sub (smallest) or a profile token")
    String profile() default "main";

    /** Transport. */
    @AttributeDefinition(description = "tcp; udp is not part of this version")
    String transport() default "tcp";

    /** Audio. */
    @AttributeDefinition(description = "Record audio where the file can carry it")
    boolean audio() default true;

    /** Segment length. */
    @AttributeDefinition(description = "Length of a segment in seconds, cut at the next key frame")
    int segment_seconds() default 60;

    /** Archive. */
    @AttributeDefinition(description = "Id of the local storage recorded to; else the only one")
    String archive() default "";

    /** Enabled. */
    @AttributeDefinition(description = "false stops recording and keeps the file")
    boolean enabled() default true;
  }

  private final BundleContext bundles;
  private final CameraSettings settings;
  private final Instant since;
  private final Optional<CameraRecording> recording;
  private ServiceRegistration<CameraRecorder> service;

  /** Starts recording if the file says so and can be used. */
  @Activate
  public CameraComponent(
      BundleContext bundles, Map<String, Object> properties, @Reference RecorderEngine engine) {
    this.bundles = bundles;
    settings = CameraSettings.of(properties);
    since = Clock.systemUTC().instant();
    settings.problems().forEach(problem -> LOG.error("{}", problem.message()));
    recording =
        settings.problems().isEmpty() && settings.enabled()
            ? Optional.of(engine.record(settings))
            : Optional.empty();
  }

  /** A recorder with a bad file is there too, and says why. */
  @Activate
  void register() {
    Map<String, String> properties = Map.of(CAMERA_ID, id());
    service =
        bundles.registerService(CameraRecorder.class, this, FrameworkUtil.asDictionary(properties));
  }

  @Deactivate
  void stop() {
    service.unregister();
    recording.ifPresent(it -> it.stop(cause(), words()));
  }

  /** Why this recorder ends: the framework stops, the bundle does, or the file changed. */
  private GapCause cause() {
    if (bundles.getBundle(0).getState() == Bundle.STOPPING) {
      return GapCause.RESTART;
    }
    boolean updating = bundles.getBundle().getState() == Bundle.STOPPING;
    return updating ? GapCause.UPDATE : GapCause.OPERATOR;
  }

  private String words() {
    return switch (cause()) {
      case RESTART -> "istream was stopped";
      case UPDATE -> "the recorder was updated";
      default -> "the camera's file was changed or removed";
    };
  }

  @Override
  public String id() {
    return settings.id();
  }

  @Override
  public RecorderStatus status() {
    return recording.map(CameraRecording::status).orElseGet(this::idle);
  }

  private RecorderStatus idle() {
    boolean bad = !settings.problems().isEmpty();
    String reason =
        settings.problems().stream().map(ConfigProblem::message).collect(Collectors.joining("; "));
    return new RecorderStatus(
        id(),
        bad ? RecorderState.MISCONFIGURED : RecorderState.DISABLED,
        bad ? reason : "switched off in its file",
        since,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        List.of());
  }
}
