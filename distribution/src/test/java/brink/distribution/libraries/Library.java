package brink.distribution.libraries;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An artifact that others embed, and all that it may bring into their programs. */
enum Library {
  /** Kafka's client with its compressions. */
  SCHEMAS(
      "schemas",
      "jspecify",
      "protobuf-java",
      "kafka-clients",
      "lz4-java",
      "snappy-java",
      "zstd-jni",
      "slf4j-api"),
  /** Matrix products, small eigenproblems, differential equations, data and network files. */
  ENGINE(
      "trainer/engine",
      "jspecify",
      "protobuf-java",
      "slf4j-api",
      "javacpp",
      "openblas",
      "ejml-core",
      "ejml-ddense",
      "hipparchus-core",
      "hipparchus-ode",
      "fastcsv",
      "snakeyaml-engine"),
  /** What {@link #SCHEMAS} brings; Deeplearning4j is its user's. */
  LISTENER(
      "trainer/listener",
      "schemas",
      "jspecify",
      "protobuf-java",
      "kafka-clients",
      "lz4-java",
      "snappy-java",
      "zstd-jni",
      "slf4j-api"),
  /** The messages alone. */
  FOLD("monitor/fold", "schemas", "jspecify", "protobuf-java");

  private static final Pattern JAR = Pattern.compile("(.+?)-\\d.*\\.jar");

  private final String module;

  @SuppressWarnings("ImmutableEnumChecker") // List.of
  private final List<String> expected;

  Library(String module, String... expected) {
    this.module = module;
    this.expected = List.of(expected);
  }

  /** Where it lies. */
  Path folder() {
    return Path.of("..").resolve(module);
  }

  /** Names of the artifacts that it may bring. */
  List<String> expected() {
    return expected;
  }

  /** Itself and what it brings, as the build has found. */
  List<String> classPath() throws IOException {
    return Stream.concat(
            Stream.of(folder().resolve("target").resolve("classes").toString()), brought().stream())
        .toList();
  }

  private List<String> brought() throws IOException {
    String path = Files.readString(folder().resolve("target").resolve("runtime-classpath.txt"));
    return List.of(path.strip().split(File.pathSeparator, -1));
  }

  /** Names of what it brings, whatever the version and the platform. */
  Set<String> brings() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String entry : brought()) {
      names.add(name(Path.of(entry)));
    }
    return names;
  }

  /** Of a jar, or of a module of this build that is no jar yet. */
  private static String name(Path entry) {
    String last = String.valueOf(entry.getFileName());
    Matcher jar = JAR.matcher(last);
    return jar.matches() ? jar.group(1) : String.valueOf(entry.getName(entry.getNameCount() - 3));
  }
}
