// SPDX-License-Identifier: Apache-2.0
package istream.recorder;

import istream.api.camera.Credentials;
import istream.api.recording.ProbeReport;
import istream.api.recording.RecordingException;
import istream.api.recording.StreamProbe;
import istream.recorder.engine.Probe;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Looks into streams, on the network thread of the recorders. */
@Component
public final class ProbeComponent implements StreamProbe {
  private final RecorderEngine engine;

  /** Needs no configuration. */
  @Activate
  public ProbeComponent(@Reference RecorderEngine engine) {
    this.engine = engine;
  }

  @Override
  public ProbeReport probe(String url, Credentials credentials, Duration time)
      throws RecordingException {
    return Probe.run(url, credentials, time, engine.equipment());
  }
}
