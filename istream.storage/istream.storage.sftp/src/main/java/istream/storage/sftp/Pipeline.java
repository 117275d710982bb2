// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import istream.api.replication.ReplicaException;
import java.io.IOException;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.sftp.PacketType;
import net.schmizz.sshj.sftp.Request;
import net.schmizz.sshj.sftp.Response;
import net.schmizz.sshj.sftp.SFTPException;

/**
 * Requests that are under way on a link, whose answers are collected in the order of sending. A
 * server that answers nothing for 4 s is taken for dead. Confined to one thread, but for {@link
 * #close}.
 */
final class Pipeline implements AutoCloseable {
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(4);
  private static final long TICK = TimeUnit.SECONDS.toNanos(1) / 4;
  private static final long MOST_UNDER_WAY = 2 << 20;

  /** What a request counts beside its bytes. */
  private static final int OVERHEAD = 256;

  private final Link link;
  private final Complaints complaints;
  private final Deque<Pending> underWay = new ConcurrentLinkedDeque<>();
  private final Pace pace = new Pace();
  private long bytesUnderWay;
  private volatile boolean sending;
  private volatile boolean watched;
  private volatile long lastSign;

  Pipeline(Link link, Complaints complaints) {
    this.link = link;
    this.complaints = complaints;
  }

  /** A new request, to be filled in and sent. */
  Request request(PacketType type) {
    return link.engine().newRequest(type);
  }

  /** A new request that SFTP itself does not know. */
  Request extended(String name) {
    return link.engine().newExtendedRequest(name);
  }

  /** Whether the server knows a request beyond SFTP, of OpenSSH's. */
  boolean offers(String name) {
    return link.engine().supportsServerExtension(name, "openssh.com");
  }

  /** Most bytes that one request should carry, so that it is answered in a third of a second. */
  int pieceBytes() {
    return pace.pieceBytes();
  }

  /**
   * Sends a request; blocks while too much is under way.
   *
   * @param bytes that it carries
   * @param then told the answer, by the thread that collects it
   */
  Pending send(Request request, int bytes, Consumer<Reply> then) throws ReplicaException {
    collectAnswered();
    while (bytesUnderWay + bytes > MOST_UNDER_WAY && !underWay.isEmpty()) {
      collectOldest();
    }
    if (underWay.isEmpty()) {
      lastSign = System.nanoTime();
      pace.begin(lastSign);
    }
    Pending pending = new Pending(transmit(request), bytes, then);
    underWay.add(pending);
    bytesUnderWay += bytes + OVERHEAD;
    return pending;
  }

  private Promise<Response, SFTPException> transmit(Request request) throws ReplicaException {
    watch();
    sending = true;
    try {
      return link.engine().request(request);
    } catch (IOException e) {
      throw broken(e);
    } finally {
      sending = false;
    }
  }

  /** A socket that takes nothing more blocks its writer for minutes: somebody else has to look. */
  private void watch() {
    if (!watched) {
      watched = true;
      look(answered(), System.nanoTime());
    }
  }

  private void look(long answeredBefore, long since) {
    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS)
        .execute(
            () -> {
              long now = System.nanoTime();
              long answered = answered();
              if (!sending && underWay.isEmpty()) {
                watched = false;
              } else if (!sending || answered != answeredBefore) {
                look(answered, now);
              } else if (now - since > SILENCE) {
                link.close();
              } else {
                look(answered, since);
              }
            });
  }

  private long answered() {
    return underWay.stream().filter(Pending::isAnswered).count();
  }

  /** Waits for an answer, and so for those before it. */
  Reply await(Pending pending) throws ReplicaException {
    while (pending.reply() == null) {
      collectOldest();
    }
    return pending.reply();
  }

  private void collectAnswered() throws ReplicaException {
    for (Pending next = underWay.peek();
        next != null && next.isAnswered();
        next = underWay.peek()) {
      collectOldest();
    }
  }

  private void collectOldest() throws ReplicaException {
    Pending oldest = underWay.element();
    try {
      Reply reply = Reply.of(answer(oldest));
      lastSign = System.nanoTime();
      underWay.remove();
      bytesUnderWay -= oldest.bytes + OVERHEAD;
      pace.answered(oldest.bytes, lastSign, underWay.isEmpty());
      oldest.settle(reply);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private Response answer(Pending oldest) throws IOException {
    long answered = 0;
    while (true) {
      Response response = oldest.promise.tryRetrieve(TICK, TimeUnit.NANOSECONDS);
      if (response != null) {
        return response;
      }
      long now = System.nanoTime();
      long others = answered();
      if (others > answered) {
        answered = others;
        lastSign = now;
      } else if (now - lastSign > SILENCE) {
        throw new IOException("no answer for 4 s");
      }
    }
  }

  /** Breaks the link off, and makes the exception for it. */
  ReplicaException broken(IOException e) {
    link.close();
    return complaints.link(e);
  }

  /** Whether nothing more can be sent. */
  boolean isBroken() {
    return link.isBroken();
  }

  @Override
  public void close() {
    link.close();
  }
}
