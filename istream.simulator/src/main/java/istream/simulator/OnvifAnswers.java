// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Decides what a request is answered, by whoever it is asked of. */
final class OnvifAnswers {
  /**
   * A request to a device.
   *
   * @param http the request
   * @param service its last name in the path
   * @param at where the device is for the one who asks
   */
  record Call(HttpQuestion http, String service, Whereabouts at) {
    SimulatedCamera camera() {
      return at.device().camera();
    }

    boolean asks(String operation) {
      return http.body().contains(operation);
    }
  }

  private final Map<String, OnvifDevice> devices;
  private final Map<String, OnvifGuard> guards;
  private final OnvifServices services;

  OnvifAnswers(List<OnvifDevice> devices, Function<OnvifDevice, OnvifGuard> guard, Clock clock) {
    this.devices =
        devices.stream()
            .collect(Collectors.toMap(device -> device.camera().name(), device -> device));
    this.guards =
        devices.stream().collect(Collectors.toMap(device -> device.camera().name(), guard));
    this.services = new OnvifServices(clock);
  }

  /** The device that a request is for; empty if there is none of that path. */
  Optional<Call> call(HttpQuestion http, Function<OnvifDevice, Whereabouts> at) {
    String[] path = http.path().split("/", -1);
    if (path.length != 4 || !path[2].equals("onvif") || !devices.containsKey(path[1])) {
      return Optional.empty();
    }
    return Optional.of(new Call(http, path[3], at.apply(devices.get(path[1]))));
  }

  HttpAnswer answer(Call call) {
    call.camera().logins().ask();
    if (!OnvifServices.exists(call.service(), call.camera())) {
      return HttpAnswer.page(404);
    }
    if (!call.http().method().equals("POST")) {
      return HttpAnswer.page(405);
    }
    if (call.service().equals(OnvifServices.MEDIA2)
        && call.camera().has(Fault.ONVIF_BROKEN_MEDIA2)) {
      return HttpAnswer.page(500);
    }
    try {
      return answer(call, SoapQuestion.parse(call.http().bytes()));
    } catch (SoapFault e) {
      return fault(call.camera(), e, List.of());
    }
  }

  private HttpAnswer answer(Call call, SoapQuestion soap) throws SoapFault {
    boolean proof = OnvifGuard.proof(call.http(), soap);
    if (proof) {
      call.camera().logins().password();
    }
    if (!OnvifServices.open(soap)) {
      Optional<HttpAnswer> refusal = refusal(call, soap, proof);
      if (refusal.isPresent()) {
        if (proof) {
          call.camera().logins().refuse();
        }
        return refusal.get();
      }
    }
    return HttpAnswer.soap(services.answer(call.service(), soap, call.at()));
  }

  private Optional<HttpAnswer> refusal(Call call, SoapQuestion soap, boolean proof) {
    SimulatedCamera camera = call.camera();
    if (camera.has(Fault.ONVIF_LOCKED) && proof) {
      return Optional.of(fault(camera, locked(camera), List.of()));
    }
    OnvifGuard guard = guards.get(camera.name());
    boolean page = camera.has(Fault.ONVIF_HTML_401);
    if (guard.admits(call.http(), soap) && !(page && guard.everybody())) {
      return Optional.empty();
    }
    List<String> challenges = guard.challenges();
    HttpAnswer answer = fault(camera, unauthorized(challenges), challenges);
    return Optional.of(page ? HttpAnswer.page(401).headers(answer.headers()) : answer);
  }

  private static SoapFault unauthorized(List<String> challenges) {
    return SoapFault.notAuthorized(
        challenges.isEmpty() ? 400 : 401, "The action requires authorization");
  }

  private static SoapFault locked(SimulatedCamera camera) {
    int left = (int) camera.amount(Fault.ONVIF_LOCKED) - camera.logins().refused() - 1;
    String text =
        left <= 0
            ? "The account is locked"
            : "Authority failure. You still have " + left + " attempt(s)";
    return SoapFault.notAuthorized(400, text);
  }

  private static HttpAnswer fault(
      SimulatedCamera camera, SoapFault fault, List<String> challenges) {
    HttpAnswer answer = HttpAnswer.fault(fault, challenges);
    return camera.has(Fault.ONVIF_FAULT_200) ? answer.status(200) : answer;
  }
}
