// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.CameraCensus;
import istream.api.camera.Credentials;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Answer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes files for cameras that were found, have none yet, and can be recorded. */
final class Ignition {
  private final CameraFiles files;
  private final Credentials login;
  private final LocalDate day;

  /**
   * What became of cameras without a file.
   *
   * @param written those that have one now, by id
   * @param refused those that got none
   */
  record Result(Map<String, FoundCamera> written, List<FoundCamera> refused) {}

  Ignition(CameraFiles files, Credentials login, LocalDate day) {
    this.files = files;
    this.login = login;
    this.day = day;
  }

  /**
   * Writes them; a file that is there is never touched.
   *
   * @throws CommandFailure if a file cannot be read or written
   */
  Result light(CameraCensus census) throws CommandFailure {
    Result result = new Result(new TreeMap<>(), new ArrayList<>());
    List<FoundCamera> found = census.cameras();
    List<ConfiguredCamera> configured = files.cameras();
    KnownCameras known = new KnownCameras(configured, found);
    CameraNames names = names(known, found);
    for (FoundCamera camera : found) {
      if (known.id(camera).isPresent()) {
        continue;
      }
      if (isRecordable(camera)) {
        boolean unique = isUnique(camera.endpoint(), found, configured);
        String text = CameraFileText.of(camera, unique, login, day);
        result.written.put(write(text, names.of(camera)), camera);
      } else {
        result.refused.add(camera);
      }
    }
    return result;
  }

  /** Whether a file can be made of it that a recorder can use. */
  static boolean isRecordable(FoundCamera camera) {
    String url = camera.onvifUrl();
    return camera.answer() == Answer.READY
        && Place.of(url).isPresent()
        && url.startsWith("http")
        && !url.contains("@")
        && PropertyText.holds(url);
  }

  private static boolean isUnique(
      String endpoint, List<FoundCamera> found, List<ConfiguredCamera> configured) {
    return found.stream().filter(it -> it.endpoint().equals(endpoint)).count() == 1
        && configured.stream().noneMatch(it -> it.endpoint().equals(endpoint));
  }

  private CameraNames names(KnownCameras known, List<FoundCamera> found) throws CommandFailure {
    return new CameraNames(files.ids(), camera -> known.id(camera).isPresent(), found);
  }

  private String write(String text, String id) throws CommandFailure {
    if (!files.create(id, text)) {
      throw new CommandFailure(
          "somebody else has just written " + CameraFiles.name(id) + "; try again");
    }
    return id;
  }
}
