// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import istream.recorder.media.MediaDescription;
import istream.recorder.media.StreamFailure.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said in a session: OPTIONS, DESCRIBE, SETUP for each track, PLAY, then signs of life. One
 * request is open at a time, and an answer belongs to it whatever number it carries.
 */
final class Conversation {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);

  private enum Step {
    OPTIONS,
    DESCRIBE,
    SETUP,
    PLAY,
    PLAYING
  }

  private final RtspTarget target;
  private final RtspListener listener;
  private final Predicate<ByteBuffer> out;
  private final Authenticator authenticator;
  private final Requests requests;
  private final Channels channels = new Channels();
  private final KeepAlive keepAlive = new KeepAlive();
  private Step step = Step.OPTIONS;
  private final String url;
  private String aggregate;
  private List<MediaDescription> media = List.of();
  private List<Integer> chosen = List.of();
  private int next;
  private int asked;
  private String server = "";
  private boolean awaiting;
  private boolean loggingIn;
  private long sentNanos;

  /**
   * Prepares a conversation.
   *
   * @param out takes bytes to send; false if there is no room because the server does not read
   */
  Conversation(
      RtspTarget target,
      RtspListener listener,
      Predicate<ByteBuffer> out,
      Authenticator authenticator) {
    this.target = target;
    this.listener = listener;
    this.out = out;
    this.authenticator = authenticator;
    requests = new Requests(authenticator);
    url = RtspMessage.bytewise(target.url());
    aggregate = url;
  }

  Channels channels() {
    return channels;
  }

  boolean playing() {
    return step == Step.PLAYING;
  }

  /** The step in words, for messages. */
  String step() {
    return step == Step.PLAYING ? "playing" : "waiting for the answer to " + step;
  }

  /** Whether a server that hangs up now may only want a new connection for the login. */
  boolean reconnectable() {
    return loggingIn && (step == Step.OPTIONS || step == Step.DESCRIBE);
  }

  /** Sends the request of the present step, for the first time or again. */
  void ask(long nowNanos) throws SessionEnd {
    switch (step) {
      case OPTIONS -> send(nowNanos, "OPTIONS", url);
      case DESCRIBE -> send(nowNanos, "DESCRIBE", url, "Accept: application/sdp");
      case SETUP -> setUp(nowNanos);
      case PLAY -> send(nowNanos, "PLAY", aggregate, "Range: npt=0.000-");
      case PLAYING -> {
        keepAlive.sent(nowNanos);
        send(nowNanos, keepAlive.method(), aggregate);
      }
    }
  }

  private void setUp(long nowNanos) throws SessionEnd {
    asked = channels.free();
    String pair = "interleaved=" + asked + "-" + (asked + 1);
    String transport = "Transport: RTP/AVP/TCP;unicast;" + pair;
    send(nowNanos, "SETUP", media.get(chosen.get(next)).control(), transport);
  }

  private void send(long nowNanos, String method, String to, String... headers) throws SessionEnd {
    if (!out.test(requests.request(method, to, headers))) {
      throw SessionEnd.failed(
          Kind.STALLED, target.place() + " reads no requests any more; reconnect", true);
    }
    awaiting = true;
    sentNanos = nowNanos;
  }

  /** Takes an answer. */
  void answered(RtspMessage answer, long nowNanos) throws SessionEnd {
    requests.session(answer.first("session"));
    keepAlive.session(answer.first("session"));
    if (!awaiting || answer.status() < 200) {
      return;
    }
    awaiting = false;
    loggingIn = false;
    if (answer.status() == 401) {
      logIn(answer, nowNanos);
      return;
    }
    authenticator.accepted();
    if (Refusal.isRedirect(answer) && step != Step.PLAYING) {
      throw redirect(answer);
    }
    switch (step) {
      case OPTIONS -> {
        server = Quotation.of(answer.first("server"));
        keepAlive.advertised(answer.all("public"));
        go(Step.DESCRIBE, nowNanos);
      }
      case DESCRIBE -> described(require(answer), nowNanos);
      case SETUP -> wasSetUp(answer, nowNanos);
      case PLAY -> {
        require(answer);
        plays(nowNanos);
      }
      case PLAYING -> keptAlive(answer);
    }
  }

  private void go(Step to, long nowNanos) throws SessionEnd {
    step = to;
    ask(nowNanos);
  }

  private void logIn(RtspMessage answer, long nowNanos) throws SessionEnd {
    if (!authenticator.challenged(answer.all("www-authenticate"))) {
      if (step == Step.PLAYING) {
        authenticator.gaveUp(); // the stream lives as long as packets come
        return;
      }
      throw Refusal.login(target);
    }
    loggingIn = true;
    ask(nowNanos);
  }

  private SessionEnd redirect(RtspMessage message) {
    String to = ControlUrl.redirect(target.url(), message.first("location"));
    return ControlUrl.isRtsp(to) ? SessionEnd.redirected(to) : Refusal.redirect(to, target);
  }

  private RtspMessage require(RtspMessage answer) throws SessionEnd {
    if (!answer.isSuccess()) {
      throw Refusal.of(answer, step.name(), target);
    }
    return answer;
  }

  private void described(RtspMessage answer, long nowNanos) throws SessionEnd {
    String named = Quotation.of(answer.first("server"));
    Sdp sdp = Sdp.parse(answer.body(), base(answer));
    aggregate = sdp.aggregate();
    media = sdp.media();
    List<Integer> wanted = new ArrayList<>();
    for (int track : listener.described(named.isEmpty() ? server : named, media)) {
      String kind = media.get(track).kind();
      boolean muted = kind.equals("audio") && !target.audio();
      if (!kind.equals(RtspListener.BACKCHANNEL) && !muted && !wanted.contains(track)) {
        wanted.add(track);
      }
    }
    if (wanted.isEmpty()) {
      throw Refusal.nothingToRecord(media, target);
    }
    chosen = List.copyOf(wanted);
    go(Step.SETUP, nowNanos);
  }

  private String base(RtspMessage answer) {
    for (String name : List.of("content-base", "content-location")) {
      if (ControlUrl.isAbsolute(answer.first(name))) {
        return answer.first(name);
      }
    }
    return url;
  }

  private void wasSetUp(RtspMessage answer, long nowNanos) throws SessionEnd {
    int track = chosen.get(next);
    if (next == 0) {
      require(answer);
    }
    if (answer.isSuccess()) {
      channels.assign(track, answer.first("transport"), asked);
    } else {
      listener.refused(track, Refusal.ofTrack(media.get(track), answer));
    }
    next++;
    go(next < chosen.size() ? Step.SETUP : Step.PLAY, nowNanos);
  }

  private void plays(long nowNanos) {
    step = Step.PLAYING;
    keepAlive.sent(nowNanos);
    listener.playing();
  }

  private void keptAlive(RtspMessage answer) {
    if (Refusal.isUnknownMethod(answer)) {
      keepAlive.unsupported();
    }
  }

  /** Takes a request of the server. */
  void asked(RtspMessage request) throws SessionEnd {
    offer(requests.answer(request));
    if (request.method().equals("REDIRECT") && !request.first("location").isEmpty()) {
      throw redirect(request);
    }
    if (request.method().equals("TEARDOWN")) {
      throw SessionEnd.failed(Kind.CLOSED, target.place() + " ended the session", true);
    }
  }

  /**
   * Minds the time.
   *
   * @param data whether packets have come
   */
  void tick(long nowNanos, boolean data) throws SessionEnd {
    if (awaiting && nowNanos - sentNanos > ANSWER_NANOS) {
      awaiting = false;
      if (step == Step.PLAY && data) {
        plays(nowNanos);
      } else if (step != Step.PLAYING) {
        throw Refusal.silence(step.name(), target);
      }
    }
    if (step == Step.PLAYING && keepAlive.due(nowNanos)) {
      ask(nowNanos);
    }
  }

  /** Says goodbye, if there is a session. */
  void tearDown() {
    if (requests.hasSession()) {
      offer(requests.request("TEARDOWN", aggregate));
    }
  }

  private void offer(ByteBuffer bytes) {
    if (!out.test(bytes)) {
      LOG.debug("{} does not read; left something unsaid", target.place());
    }
  }
}
