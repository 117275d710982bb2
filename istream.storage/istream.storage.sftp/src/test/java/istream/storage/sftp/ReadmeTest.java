// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.configuration.ReadmeContract;

final class ReadmeTest extends ReadmeContract {
  ReadmeTest() {
    super(SftpStorageComponent.Config.class);
  }
}
