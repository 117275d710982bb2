/** What may be deleted to keep a storage within its budget. */
@Export
@Version("0.1.0")
package istream.api.retention;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
