// SPDX-License-Identifier: Apache-2.0
package istream.itests;

import static org.ops4j.pax.exam.CoreOptions.vmOption;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.configureConsole;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.editConfigurationFilePut;
import static org.ops4j.pax.exam.karaf.options.KarafDistributionOption.karafDistributionConfiguration;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.ops4j.pax.exam.Option;

/** The archive of this build as Pax Exam starts it: the launcher's Java options, and no network. */
final class ExamDistribution {
  private static final String MAVEN = "etc/org.ops4j.pax.url.mvn.cfg";

  private final Path archive;
  private final File unpacked;
  private final String repository;
  private final String karaf;

  private ExamDistribution(Path archive, File unpacked, String repository, String karaf) {
    this.archive = archive;
    this.unpacked = unpacked;
    this.repository = repository;
    this.karaf = karaf;
  }

  /** As the build says where things are. */
  static ExamDistribution ofBuild() {
    return new ExamDistribution(
        Path.of(System.getProperty("istream.archive")).normalize(),
        new File(System.getProperty("istream.exam")),
        System.getProperty("org.ops4j.pax.url.mvn.localRepository"),
        System.getProperty("karaf.version"));
  }

  /** All of it. */
  Option[] options() {
    List<Option> options = new ArrayList<>();
    options.add(
        karafDistributionConfiguration()
            .frameworkUrl(archive.toUri().toString())
            .karafVersion(karaf)
            .name("istream")
            .unpackDirectory(unpacked)
            .useDeployFolder(false));
    options.add(configureConsole().ignoreLocalConsole().ignoreRemoteShell());
    // Pax Exam's own bundles come from where the build found them
    options.add(
        editConfigurationFilePut(MAVEN, "org.ops4j.pax.url.mvn.localRepository", repository));
    for (String option : javaOptions()) {
      options.add(vmOption(option));
    }
    return options.toArray(Option[]::new);
  }

  /** What {@code bin/istream} gives to Java; more heap, for the tests run inside. */
  private List<String> javaOptions() {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("-Xmx128m", "-Xss256k", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    words.add("--add-reads=java.xml=java.logging");
    words.add("--add-exports=java.base/org.apache.karaf.specs.locator=java.xml,ALL-UNNAMED");
    patch(words, "java.base", "locator");
    patch(words, "java.xml", "java.xml");
    for (String opened :
        List.of(
            "java.base/java.security",
            "java.base/java.net",
            "java.base/java.lang",
            "java.base/java.util",
            "java.naming/javax.naming.spi",
            "java.rmi/sun.rmi.transport.tcp")) {
      words.addAll(List.of("--add-opens", opened + "=ALL-UNNAMED"));
    }
    words.addAll(List.of("-classpath", "lib/jdk9plus/*" + File.pathSeparator + "lib/boot/*"));
    return words;
  }

  private void patch(List<String> words, String module, String spec) {
    String jar = "lib/endorsed/org.apache.karaf.specs." + spec + "-" + karaf + ".jar";
    words.addAll(List.of("--patch-module", module + "=" + jar));
  }
}
