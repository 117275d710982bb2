/** What a recorder of one camera says of itself, and looking into a stream. */
@Export
@Version("0.1.0")
package istream.api.recording;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
