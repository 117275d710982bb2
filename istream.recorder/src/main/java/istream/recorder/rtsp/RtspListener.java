// SPDX-License-Identifier: Apache-2.0
package istream.recorder.rtsp;

import istream.recorder.media.MediaDescription;
import istream.recorder.media.StreamFailure;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Follows a session. Called by {@link RtspSession#tick} only, on its thread; must not block. It may
 * close the session at any time.
 */
public interface RtspListener {
  /** The kind of a medium that flows towards the camera (ONVIF audio backchannel). */
  String BACKCHANNEL = "backchannel";

  /**
   * Chooses what to set up; called once.
   *
   * @param server what the server calls itself, fit for a message; may be empty
   * @param media all that the stream offers; a medium that flows towards the camera has the kind
   *     {@link #BACKCHANNEL}
   * @return indexes into {@code media}, the most important one first: the session ends if the
   *     server refuses that one, and goes on without the others
   */
  List<Integer> described(String server, List<MediaDescription> media);

  /**
   * The server refuses a track that was chosen, but not the most important one: it will not come.
   *
   * @param track index into the media
   * @param reason in words for the user, with what the server says
   */
  void refused(int track, String reason);

  /** The stream plays; called once. Packets may have come before. */
  void playing();

  /**
   * A packet as it stands on the wire.
   *
   * @param track index into the media
   * @param rtcp whether it is RTCP, not RTP
   * @param packet valid during the call only
   * @param arrivalNanos the time of the tick
   */
  void packet(int track, boolean rtcp, ByteBuffer packet, long arrivalNanos);

  /**
   * The server sends us elsewhere; the session has ended, and {@link #ended} is not called. It may
   * do so for ever.
   *
   * @param url absolute, without a login
   */
  void redirected(String url);

  /** The session has ended by itself; called once, and not after {@link RtspSession#close}. */
  void ended(StreamFailure failure);
}
