// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

import java.time.Clock;
import java.util.Set;

/** The services of a device: one path each, each for its own name space. */
final class OnvifServices {
  static final String DEVICE = "device_service";
  static final String MEDIA = "media_service";
  static final String MEDIA2 = "media2_service";

  // ONVIF Core Specification, 5.9: access class PRE_AUTH
  private static final Set<String> OPEN =
      Set.of("GetSystemDateAndTime", "GetServices", "GetCapabilities", "GetEndpointReference");

  private final DeviceService device;

  OnvifServices(Clock clock) {
    device = new DeviceService(clock);
  }

  /** Whether anybody may ask that. */
  static boolean open(SoapQuestion question) {
    return question.space().equals(Soap.DEVICE) && OPEN.contains(question.name());
  }

  /** Tells whether there is such a service. */
  static boolean exists(String service, SimulatedCamera camera) {
    return service.equals(DEVICE)
        || service.equals(MEDIA)
        || (service.equals(MEDIA2) && !camera.has(Fault.ONVIF_NO_MEDIA2));
  }

  /** What goes into the body of the answer. */
  String answer(String service, SoapQuestion question, Whereabouts at) throws SoapFault {
    return switch (service + " " + question.space()) {
      case DEVICE + " " + Soap.DEVICE -> device.answer(question.name(), at);
      case MEDIA + " " + Soap.MEDIA -> MediaService.answer(question, at);
      case MEDIA2 + " " + Soap.MEDIA2 -> Media2Service.answer(question, at);
      default -> throw SoapFault.notSupported(question.name());
    };
  }
}
