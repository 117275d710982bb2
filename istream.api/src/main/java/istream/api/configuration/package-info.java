/** Reading configuration files leniently, so that a bad value never stops a component. */
@Export
@Version("0.1.0")
package istream.api.configuration;

import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
