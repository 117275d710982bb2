/** Where footage lies: segments, the units they are made of, gaps, archives and stores. */
@Export
@Version("0.1.0")
package istream.api.footage;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
