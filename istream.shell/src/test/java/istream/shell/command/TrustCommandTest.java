// SPDX-License-Identifier: Apache-2.0
package istream.shell.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import istream.api.replication.HostTrust;
import istream.api.replication.ReplicaException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.karaf.shell.support.CommandException;
import org.junit.jupiter.api.Test;

/** What a person sees and decides before a server is trusted. */
class TrustCommandTest {
  private static final String OURS = "ssh-ed25519 AAAAours istream";

  private final Server server = new Server();
  private final Shell shell = new Shell(Path.of(".")).with(server);

  private static final class Server implements HostTrust {
    private Standing standing = Standing.UNKNOWN;
    private Optional<String> ours = Optional.of(OURS);
    private HostKey trusted;
    private String unreachable = "";

    @Override
    public String id() {
      return "offsite";
    }

    @Override
    public HostKey offered() throws ReplicaException {
      if (!unreachable.isEmpty()) {
        throw new ReplicaException(ReplicaException.Kind.LINK, unreachable, null);
      }
      return new HostKey("nas.example:22", "ssh-ed25519", "AAAAtheirs", "SHA256:abc", standing);
    }

    @Override
    public void trust(HostKey key) {
      trusted = key;
    }

    @Override
    public Optional<String> authorizedKey() {
      return ours;
    }
  }

  @Test
  void anUnknownKeyIsRecordedOnceItIsConfirmed() throws Exception {
    String shown = shell.input("", "yes").run(TrustCommand.class, "offsite");
    assertEquals(
        """
        server       nas.example:22
        key          ssh-ed25519
        fingerprint  SHA256:abc
        Compare it with what this says on the server itself:
          ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub
        It is trusted from now on.
        For the server to know istream, ~/.ssh/authorized_keys there needs the line:
        ssh-ed25519 AAAAours istream
        """,
        shown);
    assertTrue(shell.prompt().startsWith("Type yes to trust nas.example:22"), shell.prompt());
    assertEquals("AAAAtheirs", server.trusted.blob(), "what was shown");
    assertEquals("", shell.warned());
  }

  @Test
  void whatIsNotConfirmedInFullIsNotRecorded() {
    for (String answer : new String[] {"", "y", "no"}) {
      CommandFailure failure =
          assertThrows(
              CommandFailure.class,
              () -> shell.input("", answer).run(TrustCommand.class, "offsite"));
      assertTrue(failure.getMessage().contains("was not recorded"), failure.getMessage());
    }
    assertEquals(null, server.trusted);
  }

  @Test
  void withoutATerminalItFailsAndSaysHowToGoOn() {
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> shell.run(TrustCommand.class, "offsite"));
    assertTrue(failure.getMessage().endsWith("with --yes"), failure.getMessage());
    assertEquals(null, server.trusted);
  }

  @Test
  void aChangedKeyIsWarnedOf() throws Exception {
    server.standing = HostTrust.Standing.CHANGED;
    shell.run(TrustCommand.class, "offsite", "--yes");
    assertTrue(shell.warned().startsWith("warning: ANOTHER key"), shell.warned());
    assertEquals("", shell.prompt(), "confirmed already");
    assertEquals("AAAAtheirs", server.trusted.blob());
  }

  @Test
  void aTrustedKeyIsShownAndLeftAsItIs() throws Exception {
    server.standing = HostTrust.Standing.TRUSTED;
    server.ours = Optional.empty();
    String shown = shell.run(TrustCommand.class, "offsite");
    assertTrue(shown.endsWith("It is the key that was trusted before.\n"), shown);
    assertEquals(null, server.trusted);
  }

  @Test
  void aScriptDecidesByAnOption() throws Exception {
    assertThrows(
        CommandFailure.class,
        () -> shell.input("", "yes").run(TrustCommand.class, "offsite", "--json"));
    JsonNode shown = new ObjectMapper().readTree(shell.printed());
    assertEquals("unknown", shown.get("standing").asText());
    assertEquals("SHA256:abc", shown.get("fingerprint").asText());
    assertEquals(false, shown.get("trusted").asBoolean(), "asked nothing");
    Shell other = new Shell(Path.of(".")).with(server);
    JsonNode done =
        new ObjectMapper().readTree(other.run(TrustCommand.class, "--json", "--yes", "offsite"));
    assertTrue(done.get("trusted").asBoolean());
    assertEquals(OURS, done.get("authorizedKey").asText());
    assertEquals("AAAAtheirs", server.trusted.blob());
  }

  @Test
  void aServerThatCannotBeReachedIsAFailure() {
    server.unreachable = "storage offsite: nas.example:22 does not answer; is it up?";
    CommandFailure failure =
        assertThrows(CommandFailure.class, () -> shell.run(TrustCommand.class, "offsite"));
    assertEquals(server.unreachable, failure.getMessage());
  }

  @Test
  void wrongUsageNamesTheStoragesThereAre() {
    CommandException none =
        assertThrows(CommandException.class, () -> shell.run(TrustCommand.class));
    assertTrue(none.getMessage().endsWith("those with a server: offsite"), none.getMessage());
    CommandFailure unknown =
        assertThrows(CommandFailure.class, () -> shell.run(TrustCommand.class, "nas"));
    assertTrue(unknown.getMessage().contains("offsite"), unknown.getMessage());
    assertThrows(
        CommandException.class, () -> shell.run(TrustCommand.class, "offsite", "--always"));
  }
}
