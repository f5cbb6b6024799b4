package brink.distribution.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
}
