// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.configuration.ConfigProblem;
import istream.api.replication.ReplicaTerms;
import java.nio.file.Path;
import java.util.List;

/** What the owner's file says. */
record SftpSettings(
    String id,
    Server server,
    String path,
    Path keyFile,
    Path knownHosts,
    ReplicaTerms terms,
    List<ConfigProblem> problems) {}
