// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.configuration.ReadmeContract;

final class ReadmeTest extends ReadmeContract {
  ReadmeTest() {
    super(RetentionComponent.Config.class);
  }
}
