// SPDX-License-Identifier: Apache-2.0
package istream.onvif.resolve;

import istream.api.camera.CameraException;
import istream.onvif.soap.SoapFailure;

/** Says whether asking again soon can help. */
final class Unanswered {
  private Unanswered() {}

  /** A camera that was there and refused is not to be asked twice a second. */
  static CameraException of(SoapFailure failure) {
    boolean soon =
        switch (failure.kind()) {
          case UNREACHABLE, SILENT -> true;
          case NEEDS_LOGIN, REFUSES_LOGIN, UNSUPPORTED, FAULT, NONSENSE -> false;
        };
    return new CameraException(failure.getMessage(), soon, failure);
  }
}
