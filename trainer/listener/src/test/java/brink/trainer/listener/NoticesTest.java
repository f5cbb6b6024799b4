package brink.trainer.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person hears whose program has what the listener's artifact brings, and DL4J. */
class NoticesTest {
  /** What is on the class path for the tests' sake. */
  private static final List<String> TOOLS =
      List.of("logback", "junit", "assertj", "opentest4j", "apiguardian", "surefire");

  @TempDir Path folder;

  @Test
  void publishTo_programWithoutProvider_speaksOnStandardError() throws Exception {
    String nobody;
    try (ServerSocket closed = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      nobody = "127.0.0.1:" + closed.getLocalPort();
    }
    Path errors = folder.resolve("errors.txt");
    Path output = folder.resolve("output.txt");

    Process program = start(usersClassPath(), nobody, output, errors);

    assertThat(program.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String runId = Files.readString(output).strip();
    assertThat(runId).startsWith("my-run-");
    assertThat(brinks(errors))
        .singleElement()
        .asString()
        .startsWith(
            "brink: run %s: nothing is published, training goes on: nothing listens at %s"
                .formatted(runId, nobody));
  }

  /** Without what only these tests need, a provider of SLF4J first of all. */
  private static String usersClassPath() throws IOException {
    String declared = Files.readString(Path.of("target", "runtime-classpath.txt")).strip();
    Stream<String> all =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    List<String> users = all.filter(entry -> TOOLS.stream().noneMatch(entry::contains)).toList();
    assertThat(users)
        .as("what the artifact brings is on it")
        .containsAll(
            Arrays.stream(declared.split(File.pathSeparator, -1))
                .filter(entry -> entry.endsWith(".jar") && !entry.contains("brink"))
                .toList());
    return users.stream().collect(Collectors.joining(File.pathSeparator));
  }

  private static Process start(String classPath, String broker, Path output, Path errors)
      throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "-Xmx512m",
            "-cp",
            classPath,
            SilentProgram.class.getName(),
            broker)
        .redirectOutput(output.toFile())
        .redirectError(errors.toFile())
        .start();
  }

  private static List<String> brinks(Path errors) throws IOException {
    try (Stream<String> lines = Files.lines(errors)) {
      return lines.filter(line -> line.startsWith("brink: ")).toList();
    }
  }
}
