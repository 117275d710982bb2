// SPDX-License-Identifier: Apache-2.0
package istream.onvif.media;

import istream.onvif.soap.SoapFailure;
import istream.onvif.soap.SoapFailure.Kind;
import java.util.Comparator;
import java.util.List;

/** Of several things that went wrong, the one to tell. */
final class Failures {
  /** What the owner can do something about comes first; that a question is not known, last. */
  private static final List<Kind> TELLING =
      List.of(
          Kind.NEEDS_LOGIN,
          Kind.REFUSES_LOGIN,
          Kind.FAULT,
          Kind.NONSENSE,
          Kind.SILENT,
          Kind.UNREACHABLE,
          Kind.UNSUPPORTED);

  private Failures() {}

  /** The one that tells most; the first one of several. */
  static SoapFailure mostTelling(List<SoapFailure> failures) {
    return failures.stream()
        .min(Comparator.comparing(failure -> TELLING.indexOf(failure.kind())))
        .orElseThrow();
  }
}
