// SPDX-License-Identifier: Apache-2.0
package istream.onvif.soap;

/** The services of a device that are asked. */
public enum Service {
  /** What the device is. */
  DEVICE("http://www.onvif.org/ver10/device/wsdl"),
  /** Its streams, the old way. */
  MEDIA1("http://www.onvif.org/ver10/media/wsdl"),
  /** Its streams, the new way: H.265 is only told here. */
  MEDIA2("http://www.onvif.org/ver20/media/wsdl");

  private final String namespace;

  Service(String namespace) {
    this.namespace = namespace;
  }

  /** The namespace of its operations, by which devices name it too. */
  public String namespace() {
    return namespace;
  }
}
