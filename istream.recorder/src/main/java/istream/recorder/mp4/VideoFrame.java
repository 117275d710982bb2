// SPDX-License-Identifier: Apache-2.0
package istream.recorder.mp4;

import istream.recorder.media.Frame;

/**
 * A frame of video on the run's time line.
 *
 * @param time presentation time in ticks of 1/90000 s since the run's first frame
 * @param frame the frame
 */
record VideoFrame(long time, Frame frame) {}
