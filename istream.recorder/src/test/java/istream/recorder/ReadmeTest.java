// SPDX-License-Identifier: Apache-2.0
package istream.recorder;

import istream.api.configuration.ReadmeContract;

final class ReadmeTest extends ReadmeContract {
  ReadmeTest() {
    super(CameraComponent.Config.class);
  }
}
