// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import istream.recorder.media.StreamFailure.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One RTSP session over one TCP connection (RFC 2326), from connecting to its end; it lives once.
 * Nothing here blocks. All methods are called by one thread, which may serve many sessions, one
 * after the other, with the same read buffer.
 */
public final class RtspSession {
  /** The read buffer holds at least so much. */
  public static final int LEAST_BUFFER_BYTES = 256 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(RtspSession.class);
  private static final long DATA_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long BODY_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int MOST_BYTES_A_TICK = 1024 * 1024;
  private static final int MOST_RECONNECTS = 2;

  private final RtspTarget target;
  private final RtspListener listener;
  private final ByteBuffer readBuffer;
  private final Conversation conversation;
  private final InterleavedReader.Sink sink = new Units();
  private InterleavedReader reader = new InterleavedReader();
  private final Dial<Connection> dial;
  private Connection connection;
  private boolean connected;
  private boolean ended;
  private boolean data;
  private int reconnects;
  private long nowNanos;
  private long readNanos;
  private long dataNanos;
  private long strayPackets;

  /**
   * Makes a session that begins with its first tick.
   *
   * @param readBuffer of at least {@link #LEAST_BUFFER_BYTES}, best a direct one; its content lives
   *     during a tick only
   */
  public RtspSession(RtspTarget target, RtspListener listener, ByteBuffer readBuffer) {
    if (readBuffer.capacity() < LEAST_BUFFER_BYTES) {
      throw new IllegalArgumentException("a read buffer needs " + LEAST_BUFFER_BYTES + " bytes");
    }
    this.target = target;
    this.listener = listener;
    this.readBuffer = readBuffer;
    dial = new Dial<>(() -> new Connection(target.address()));
    Authenticator authenticator =
        new Authenticator(
            target.credentials(), () -> UUID.randomUUID().toString().replace("-", ""));
    conversation =
        new Conversation(target, listener, bytes -> connection.send(bytes), authenticator);
  }

  /**
   * Goes on as far as possible without waiting: connects, writes, reads at most 1 MiB and hands on
   * what came, minds the time.
   *
   * @param now monotonic nanoseconds
   */
  public void tick(long now) {
    if (ended) {
      return;
    }
    nowNanos = now;
    try {
      if (connected || connect()) {
        converse();
      }
    } catch (SessionEnd e) {
      end(e);
    }
  }

  private void converse() throws SessionEnd {
    try {
      connection.flush();
      read();
      mindTheTime();
      flush();
    } catch (IOException e) {
      atEnd(e.getMessage());
    }
  }

  private boolean connect() throws SessionEnd {
    try {
      connection = dial.tick(nowNanos).orElse(null);
      connected = connection != null;
    } catch (ConnectException e) {
      boolean refused = String.valueOf(e.getMessage()).contains("refused");
      throw refused ? absent() : unreachable(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      throw unreachable(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
    }
    if (connected) {
      readNanos = nowNanos;
      conversation.ask(nowNanos);
    }
    return connected;
  }

  private SessionEnd absent() {
    String message = target.place() + " refuses the connection: nothing listens at that port";
    return SessionEnd.failed(Kind.ABSENT, message, true);
  }

  private SessionEnd unreachable(String cause) {
    String message = target.place() + " cannot be reached: " + cause + "; check address and cable";
    return SessionEnd.failed(Kind.UNREACHABLE, message, true);
  }

  private String lostWhile(String cause) {
    return target.place() + " hung up while " + conversation.step() + ": " + cause;
  }

  private void read() throws IOException, SessionEnd {
    int budget = MOST_BYTES_A_TICK;
    boolean more = true;
    while (more && !ended) {
      reader.prepare(readBuffer);
      readBuffer.limit(Math.min(readBuffer.capacity(), readBuffer.position() + budget));
      int count = connection.read(readBuffer);
      if (count < 0) {
        atEnd("end of the connection");
        return;
      }
      more = !readBuffer.hasRemaining() && budget > count;
      budget -= count;
      if (count > 0) {
        readNanos = nowNanos;
        reader.parse(readBuffer.flip(), sink);
      }
    }
  }

  private void atEnd(String cause) throws SessionEnd {
    reader.finish(sink);
    if (ended) {
      return;
    }
    if (conversation.reconnectable() && reconnects < MOST_RECONNECTS) {
      // some servers hang up after each answer 401
      reconnects++;
      drop();
      connection = null;
      connected = false;
      reader = new InterleavedReader();
      return;
    }
    throw SessionEnd.failed(Kind.CLOSED, lostWhile(cause), true);
  }

  private void mindTheTime() throws SessionEnd {
    if (ended || !connected) {
      return;
    }
    if (reader.bodyPending() && nowNanos - readNanos > BODY_NANOS) {
      reader.finish(sink);
    }
    if (!ended) {
      boolean before = conversation.playing();
      conversation.tick(nowNanos, data);
      if (before && nowNanos - dataNanos > DATA_NANOS) {
        throw SessionEnd.failed(Kind.STALLED, target.place() + " sent nothing for 10 s", true);
      }
    }
  }

  private void flush() throws IOException {
    if (!ended && connected) {
      connection.flush();
    }
  }

  /**
   * Sends an RTCP packet of ours, such as a receiver report. Left out while the session does not
   * play or the server is slow to read.
   *
   * @param packet consumed if it is sent; at most 1400 bytes
   */
  public void sendRtcp(int track, ByteBuffer packet) {
    int channel = conversation.channels().rtcp(track);
    if (ended || !playing() || channel < 0 || !connection.idle()) {
      return;
    }
    ByteBuffer frame = ByteBuffer.allocate(4 + packet.remaining());
    frame.put((byte) '$').put((byte) channel).putShort((short) packet.remaining());
    connection.send(frame.put(packet).flip());
  }

  /** Whether the TCP connection stands, or did before the session ended. */
  public boolean connected() {
    return connected;
  }

  /** Whether PLAY was answered, or packets have come. */
  public boolean playing() {
    return !ended && (conversation.playing() || data);
  }

  /** Whether it is over, for whatever reason. */
  public boolean ended() {
    return ended;
  }

  /** Packets on channels that carry no track of ours, which were dropped. */
  public long strayPackets() {
    return strayPackets;
  }

  /** Bytes that were neither RTSP nor packets, which were passed over. */
  public long garbageBytes() {
    return reader.garbageBytes();
  }

  /** Takes leave of the server if that goes without waiting, and hangs up. May be repeated. */
  public void close() {
    if (!ended) {
      ended = true;
      hangUp();
    }
  }

  private void end(SessionEnd end) {
    if (!ended) {
      ended = true;
      hangUp();
      end.tell(listener);
    }
  }

  private void hangUp() {
    if (connected) {
      conversation.tearDown();
    }
    drop();
  }

  /** Writes what goes at once, and closes the connection, or what was to become one. */
  private void drop() {
    try (dial;
        Connection closing = connection) {
      if (connected) {
        closing.flush();
      }
    } catch (IOException e) {
      LOG.debug("{}: no farewell: {}", target.place(), e.getMessage());
    }
  }

  /** Takes what the reader finds. */
  private final class Units implements InterleavedReader.Sink {
    @Override
    public boolean open() {
      return !ended;
    }

    @Override
    public boolean knows(int channel) {
      return conversation.channels().knows(channel);
    }

    @Override
    public void frame(int channel, ByteBuffer packet) {
      if (!knows(channel)) {
        strayPackets++;
        return;
      }
      Channels channels = conversation.channels();
      data = true;
      dataNanos = nowNanos;
      listener.packet(channels.track(channel), channels.isRtcp(channel), packet, nowNanos);
    }

    @Override
    public void message(RtspMessage message) throws SessionEnd {
      if (message.isAnswer()) {
        boolean before = conversation.playing();
        conversation.answered(message, nowNanos);
        dataNanos = before ? dataNanos : nowNanos;
      } else {
        conversation.asked(message);
      }
    }
  }
}
