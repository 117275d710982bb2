// SPDX-License-Identifier: Apache-2.0
package istream.storage.sftp;

import java.util.function.Consumer;
import net.schmizz.concurrent.Promise;
import net.schmizz.sshj.sftp.Response;
import net.schmizz.sshj.sftp.SFTPException;

/** A request that is under way, and then its answer. */
final class Pending {
  final Promise<Response, SFTPException> promise;
  final int bytes;
  private final Consumer<Reply> then;
  private Reply reply;

  Pending(Promise<Response, SFTPException> promise, int bytes, Consumer<Reply> then) {
    this.promise = promise;
    this.bytes = bytes;
    this.then = then;
  }

  /** Whether the answer is here, collected or not. */
  boolean isAnswered() {
    return promise.isFulfilled();
  }

  void settle(Reply answer) {
    reply = answer;
    then.accept(answer);
  }

  /** The answer; null until it was collected. */
  Reply reply() {
    return reply;
  }
}
