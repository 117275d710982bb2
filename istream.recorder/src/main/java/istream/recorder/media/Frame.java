// SPDX-License-Identifier: Apache-2.0
package istream.recorder.media;

import istream.recorder.buffer.Payload;

/**
 * One access unit of video, or one piece of audio, whole. Who receives it owns the payload and
 * releases it.
 *
 * @param time presentation time in ticks of the track's clock, unwrapped, from any origin
 * @param ticks how long it lasts; 0 if that cannot be told before the next one (video)
 * @param key whether decoding can start with it; true for audio
 * @param lossBefore whether packets were lost between the frame before it and this one
 * @param data video: NAL units, each behind its length in four bytes; audio: the codec's bytes
 * @param arrivalNanos monotonic time at which its first packet was read
 */
public record Frame(
    long time, int ticks, boolean key, boolean lossBefore, Payload data, long arrivalNanos) {}
