// SPDX-License-Identifier: Apache-2.0
package istream.onvif.find;

import istream.api.camera.Credentials;
import istream.api.camera.StreamProfile;
import istream.api.recording.ProbeReport.Track;
import istream.api.recording.RecordingException;
import istream.api.recording.StreamProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes the codec from the stream itself: profiles lie, above all about H.265. Asks for the
 * description of the first streams only; the first failure ends it, so that no camera is pestered
 * with a login that it refuses.
 */
final class CodecCheck {
  private static final int MOST_STREAMS = 4;

  private final Supplier<Optional<StreamProbe>> probes;

  /**
   * Profiles as their streams tell.
   *
   * @param problem of the first stream that could not be opened; empty if none was
   */
  record Result(List<StreamProfile> profiles, String problem) {}

  /**
   * Makes a check.
   *
   * @param probes opens streams, if there is one now
   */
  CodecCheck(Supplier<Optional<StreamProbe>> probes) {
    this.probes = probes;
  }

  /** Blocks until the streams have answered, or one has not. */
  Result check(List<StreamProfile> profiles, Credentials credentials) {
    Optional<StreamProbe> probe = probes.get();
    List<StreamProfile> checked = new ArrayList<>(profiles);
    int asked = 0;
    for (int i = 0; probe.isPresent() && i < checked.size() && asked < MOST_STREAMS; i++) {
      StreamProfile profile = checked.get(i);
      if (!profile.uri().isEmpty()) {
        asked++;
        try {
          checked.set(i, with(profile, video(probe.get(), profile.uri(), credentials)));
        } catch (RecordingException e) {
          return new Result(checked, "its stream cannot be opened: " + e.getMessage());
        }
      }
    }
    return new Result(checked, "");
  }

  private static String video(StreamProbe probe, String uri, Credentials credentials)
      throws RecordingException {
    return probe.probe(uri, credentials, Duration.ZERO).tracks().stream()
        .filter(track -> track.kind().equals("video"))
        .map(Track::codec)
        .findFirst()
        .orElse("");
  }

  private static StreamProfile with(StreamProfile it, String codec) {
    return codec.isEmpty()
        ? it
        : new StreamProfile(it.token(), it.name(), codec, it.width(), it.height(), it.uri());
  }
}
