/** Cameras as the owner configures them: where they are and how to log in. */
@Export
@Version("0.1.0")
package istream.api.camera;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
