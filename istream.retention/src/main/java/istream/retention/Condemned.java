// SPDX-License-Identifier: Apache-2.0
package istream.retention;

import istream.api.footage.GapCause;
import istream.api.footage.Segment;
import java.util.List;

/**
 * A segment that has to go.
 *
 * @param segment which
 * @param lacking replicas that have not all of it
 * @param cause why they never will: {@link GapCause#OPERATOR} for its age, {@link GapCause#NETWORK}
 *     for want of room
 */
record Condemned(Segment segment, List<String> lacking, GapCause cause) {}
