// SPDX-License-Identifier: Apache-2.0
package istream.simulator;

/** Why a device does not answer what it is asked: SOAP 1.2, 5.4, with the codes of ONVIF. */
final class SoapFault extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String subcode;

  private SoapFault(int status, String subcode, String reason) {
    super(reason);
    this.status = status;
    this.subcode = subcode;
  }

  /** What the device cannot do. */
  static SoapFault notSupported(String operation) {
    return new SoapFault(
        500, "ter:ActionNotSupported", "Optional Action Not Implemented: " + operation);
  }

  /** What is asked in a wrong way. */
  static SoapFault wrong(String subcode, String reason) {
    return new SoapFault(400, subcode, reason);
  }

  /** What needs a login; 401 if it goes with a challenge, else 400. */
  static SoapFault notAuthorized(int status, String reason) {
    return new SoapFault(status, "ter:NotAuthorized", reason);
  }

  int status() {
    return status;
  }

  /** The element Fault. */
  String body() {
    String code = status == 500 ? "Receiver" : "Sender";
    return "<env:Fault><env:Code><env:Value>env:%s</env:Value><env:Subcode><env:Value>%s</env:Value></env:Subcode></env:Code><env:Reason><env:Text xml:lang=\"en\">%s</env:Text></env:Reason></env:Fault>"
        .formatted(code, subcode, Soap.escape(getMessage()));
  }
}
