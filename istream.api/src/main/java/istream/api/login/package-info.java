/** How to answer a camera that asks for a login, over HTTP and RTSP alike. */
@Export
@Version("0.1.0")
package istream.api.login;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
