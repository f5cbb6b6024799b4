package brink.distribution.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the artifacts that others embed bring along, and whether their READMEs are true. */
class LibrariesIT {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void runtimeClassPath_ofALibrary_isWhatItsUserNeeds(Library library) throws IOException {
    assertThat(library.brings()).containsExactlyInAnyOrderElementsOf(library.expected());
  }

  @ParameterizedTest
  @EnumSource(names = "LISTENER", mode = EnumSource.Mode.EXCLUDE)
  void readme_ofALibrary_printsWhatItSaysWithThatClassPath(Library library) throws Exception {
    Readme readme = Readme.of(library.folder());

    assertThat(readme.program().run(folder, library.classPath())).isEqualTo(readme.output());
  }

  /** Deeplearning4j, which its user brings, comes from this module. */
  @Test
  void readme_ofTheListener_publishesToTheBroker() throws Exception {
    assertPublishes(Readme.of(Library.LISTENER.folder()));
  }

  @Test
  void readme_ofRunsFromJava_publishesToTheBroker() throws Exception {
    assertPublishes(Readme.of(Path.of("..", "trainer", "app")));
  }

  private void assertPublishes(Readme readme) throws Exception {
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      Readme.Program program =
          readme.program().with("\"localhost:9092\"", '"' + broker.bootstrapServers() + '"');

      assertThat(program.run(folder, List.of(System.getProperty("java.class.path"))))
          .isEqualTo(readme.output());
    }
  }

  /** The dependency of its README alone, and Deeplearning4j, do not bring a log. */
  @Test
  void readme_ofTheListenerWithoutLog_saysOnStandardErrorWhatIsPublished() throws Exception {
    Readme readme = Readme.of(Library.LISTENER.folder());
    try (EmbeddedBroker broker =
        EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")))) {
      String servers = broker.bootstrapServers();
      Readme.Program program =
          readme
              .program()
              .with("\"localhost:9092\"", '"' + servers + '"')
              .with("new Sgd(0.1)", "new org.nd4j.linalg.learning.config.Adam(0.1)")
              .with(".l2(1e-3)", ".weightDecay(1e-3)");

      assertThat(program.run(folder, withoutLog())).isEqualTo(readme.output());

      assertThat(Readme.Program.errors(folder).lines().filter(line -> line.startsWith("brink: ")))
          .satisfiesExactly(
              line ->
                  assertThat(line)
                      .startsWith("brink: run my-run-")
                      .contains(
                          ": published to " + servers + "; observed are loss, norms, ",
                          " of layer0.W (48 of 126 trained parameters); sharpness is not measured"),
              line -> assertThat(line).contains(": the updater is Adam; Brink's equations hold"),
              line ->
                  assertThat(line)
                      .contains(": weight decay is applied to layer0.W 2 times (0.001 + 0.001), "),
              line -> assertThat(line).endsWith(": 50 steps are published"));
    }
  }

  /** What the listener brings, and what was fetched for this module but for its log. */
  private static List<String> withoutLog() throws IOException {
    List<String> all = List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
    // What is built here names its own libraries in its manifest, the log among them.
    String built = File.separator + "target" + File.separator;
    Stream<String> deeplearning4j =
        all.stream()
            .filter(entry -> entry.endsWith(".jar"))
            .filter(entry -> !entry.contains(built) && !entry.contains("logback"));
    return Stream.concat(Library.LISTENER.classPath().stream(), deeplearning4j).toList();
  }
}
