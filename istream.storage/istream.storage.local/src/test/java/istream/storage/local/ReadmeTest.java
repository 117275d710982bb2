// SPDX-License-Identifier: Apache-2.0
package istream.storage.local;

import istream.api.configuration.ReadmeContract;

final class ReadmeTest extends ReadmeContract {
  ReadmeTest() {
    super(LocalStorageComponent.Config.class);
  }
}
