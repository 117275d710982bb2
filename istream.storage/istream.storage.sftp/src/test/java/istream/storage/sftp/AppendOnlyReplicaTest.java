// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import istream.api.replication.Capabilities;
import istream.api.replication.OurCopy;
import istream.api.replication.ReplicaException;
import istream.api.replication.ReplicaException.Kind;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** An account that may add and list, and nothing else: a thief of its key can destroy nothing. */
class AppendOnlyReplicaTest extends SftpReplicaStoreTest {
  private static final String DENIED =
      "read,remove,rmdir,rename,posix-rename,opendir,readdir,setstat,fsetstat,symlink,hardlink,"
          + "copy-data";

  @Override
  String[] configuration() {
    String home = directory.resolve("home").toString();
    return new String[] {"ForceCommand internal-sftp -d " + home + " -P " + DENIED};
  }

  @Test
  void whatIsDeniedIsKnown() throws Exception {
    Capabilities may = session().capabilities();
    assertTrue(may.appends() && may.syncs());
    assertFalse(may.reads() || may.lists() || may.deletes());
  }

  @Test
  void aSizeThatWeCannotHaveLeftIsForeign() throws Exception {
    try (OurCopy ours = new OurCopy(here, KEY, 70_000, 900)) {
      byte[] foreign = new byte[(int) ours.boundary(1) + 17];
      Arrays.fill(foreign, (byte) 'x');
      put(KEY, foreign);
      ReplicaException refused = assertThrows(ReplicaException.class, () -> ours.ship(session()));
      assertEquals(Kind.FOREIGN, refused.kind());
      assertEquals(foreign.length, there(KEY).length);
    }
  }
}
