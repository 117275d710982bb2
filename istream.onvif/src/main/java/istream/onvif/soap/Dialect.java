// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

import istream.onvif.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;

/** How a question is put into a request. */
enum Dialect {
  /** As the standard has it. */
  SOAP12("http://www.w3.org/2003/05/soap-envelope", "application/soap+xml") {
    @Override
    String contentType(String action) {
      return super.contentType(action) + "; action=\"" + action + "\"";
    }
  },
  /** For devices that have nothing to say to the other one. */
  SOAP11("http://schemas.xmlsoap.org/soap/envelope/", "text/xml");

  private final String namespace;
  private final String type;

  Dialect(String namespace, String type) {
    this.namespace = namespace;
    this.type = type;
  }

  String contentType(String action) {
    return type + "; charset=utf-8";
  }

  /**
   * Makes a request: compact, since some devices send nothing to XML with blanks in it.
   *
   * @param security what stands in the envelope's header; may be empty
   */
  HttpRequest request(ServiceUrl url, Question question, String security) {
    String service = question.service().namespace();
    String action = service + "/" + question.operation();
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", contentType(action));
    headers.put("SOAPAction", '"' + action + '"');
    String body =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
            + ("<s:Envelope xmlns:s=\"" + namespace + "\" xmlns:x=\"" + service + "\"")
            + " xmlns:tt=\"http://www.onvif.org/ver10/schema\">"
            + (security.isEmpty() ? "" : "<s:Header>" + security + "</s:Header>")
            + ("<s:Body>" + element(question) + "</s:Body></s:Envelope>");
    return new HttpRequest(url.toString(), headers, body);
  }

  private static String element(Question question) {
    String name = "x:" + question.operation();
    return question.parameters().isEmpty()
        ? "<" + name + "/>"
        : "<" + name + ">" + question.parameters() + "</" + name + ">";
  }
}
