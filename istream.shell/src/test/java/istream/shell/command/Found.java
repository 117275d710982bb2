// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import istream.api.camera.CameraCensus;
import istream.api.camera.CameraException;
import istream.api.camera.CameraFinder;
import istream.api.camera.CameraSearch;
import istream.api.camera.FoundCamera;
import istream.api.camera.FoundCamera.Answer;
import istream.api.camera.FoundCamera.Make;
import istream.api.camera.FoundCamera.Route;
import istream.api.camera.StreamProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A camera as a search would find it. */
final class Found {
  private final List<Route> routes = new ArrayList<>();
  private final List<StreamProfile> profiles = new ArrayList<>();
  private String name = "Front";
  private String endpoint = "urn:uuid:1";
  private String url;
  private Answer answer = Answer.READY;
  private Make make = Make.UNKNOWN;
  private String problem = "";

  private Found(String address) {
    routes.add(new Route("eth0", address));
    url = "http://" + address + "/onvif/device_service";
  }

  static Found camera(String address) {
    return new Found(address);
  }

  Found name(String text) {
    name = text;
    return this;
  }

  Found model(String text) {
    make = new Make("", text, "");
    return this;
  }

  Found make(Make whole) {
    make = whole;
    return this;
  }

  Found endpoint(String text) {
    endpoint = text;
    return this;
  }

  Found url(String text) {
    url = text;
    return this;
  }

  Found answer(Answer how, String why) {
    answer = how;
    problem = why;
    return this;
  }

  Found route(String networkInterface, String address) {
    routes.add(new Route(networkInterface, address));
    return this;
  }

  Found profile(String token, String codec, int width, int height, String uri) {
    profiles.add(new StreamProfile(token, token + " stream", codec, width, height, uri));
    return this;
  }

  FoundCamera get() {
    return new FoundCamera(name, endpoint, routes, url, answer, make, profiles, problem);
  }

  /** Finds what it was told, and remembers what it was asked for. */
  static final class Finder implements CameraFinder {
    private List<FoundCamera> cameras = List.of();
    private List<String> remarks = List.of();
    private CameraSearch asked;
    private CameraException failure;

    Finder finds(FoundCamera... found) {
      cameras = List.of(found);
      return this;
    }

    Finder remarks(String... texts) {
      remarks = List.of(texts);
      return this;
    }

    Finder fails(String message) {
      failure = new CameraException(message, false, null);
      return this;
    }

    /** What was looked for last; null if nothing was. */
    CameraSearch asked() {
      return asked;
    }

    @Override
    public CameraCensus find(CameraSearch search, Consumer<String> progress)
        throws CameraException {
      asked = search;
      if (failure != null) {
        throw failure;
      }
      cameras.forEach(camera -> progress.accept("seen: " + camera.routes().get(0).address()));
      return new CameraCensus(cameras, remarks);
    }
  }
}
