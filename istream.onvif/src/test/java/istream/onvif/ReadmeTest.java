// SPDX-License-Identifier: Apache-2.0
package istream.onvif;

import istream.api.configuration.ReadmeContract;

final class ReadmeTest extends ReadmeContract {
  ReadmeTest() {
    super(FinderComponent.Config.class);
  }
}
