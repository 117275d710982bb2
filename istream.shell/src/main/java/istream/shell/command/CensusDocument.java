// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.CameraCensus;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Route;
import istream.api.camera.StreamProfile;
import java.util.OptionalLong;

/** Cameras that were found, as JSON. */
final class CensusDocument {
  private final CameraCensus census;
  private final KnownCameras known;

  CensusDocument(CameraCensus census, KnownCameras known) {
    this.census = census;
    this.known = known;
  }

  void write(JsonWriter json) {
    json.object().name("cameras").array();
    for (FoundCamera camera : census.cameras()) {
      json.object();
      members(json, camera);
      json.name("known").value(known.id(camera).orElse(null));
      json.endObject();
    }
    json.endArray().name("remarks").array();
    census.remarks().forEach(json::value);
    json.endArray().endObject().finish();
  }

  /** What is known of one camera. */
  static void members(JsonWriter json, FoundCamera camera) {
    Route best = camera.routes().get(0);
    json.name("name").unlessEmpty(camera.name());
    json.name("address").value(best.address());
    json.name("interface").unlessEmpty(best.networkInterface());
    json.name("routes").array();
    camera.routes().forEach(route -> route(json, route));
    json.endArray().name("endpoint").unlessEmpty(camera.endpoint());
    json.name("onvifUrl").unlessEmpty(camera.onvifUrl());
    json.name("reachable").value(AnswerWords.isReachable(camera.answer()));
    json.name("answer").value(AnswerWords.key(camera.answer()));
    json.name("manufacturer").unlessEmpty(camera.make().manufacturer());
    json.name("model").unlessEmpty(camera.make().model());
    json.name("serial").unlessEmpty(camera.make().serial());
    json.name("profiles").array();
    camera.profiles().forEach(profile -> profile(json, profile));
    json.endArray().name("problem").unlessEmpty(camera.problem());
  }

  private static void route(JsonWriter json, Route route) {
    json.object().name("interface").unlessEmpty(route.networkInterface());
    json.name("address").value(route.address()).endObject();
  }

  private static void profile(JsonWriter json, StreamProfile profile) {
    json.object().name("token").value(profile.token());
    json.name("name").unlessEmpty(profile.name());
    json.name("codec").unlessEmpty(profile.codec());
    json.name("width").number(pixels(profile.width()));
    json.name("height").number(pixels(profile.height()));
    json.name("uri").unlessEmpty(profile.uri()).endObject();
  }

  private static OptionalLong pixels(int pixels) {
    return pixels > 0 ? OptionalLong.of(pixels) : OptionalLong.empty();
  }
}
