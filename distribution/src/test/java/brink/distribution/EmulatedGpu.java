package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.cuda.LibraryFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** The trainer's emulated GPU, for programs in processes of their own. */
final class EmulatedGpu {
  private static final Path BUILD =
      Path.of("..", "trainer", "engine", "src", "test", "cuda", "build.sh");

  private EmulatedGpu() {}

  /**
   * Builds it.
   *
   * @param folder where to
   * @return the environment in which a program finds it; without g++ the test is skipped, or fails
   *     if BRINK_CHECKS=all
   */
  static Map<String, String> build(Path folder) throws IOException {
    if (!hasCompiler()) {
      assertThat(System.getenv("BRINK_CHECKS")).as("g++ is needed").isNotEqualTo("all");
      Assumptions.abort("needs g++");
    }
    Process build =
        new ProcessBuilder(List.of("bash", BUILD.toString(), folder.toString()))
            .redirectErrorStream(true)
            .start();
    String output = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(build.onExit().join().exitValue()).withFailMessage(output).isZero();
    return Map.of(LibraryFolders.VARIABLE, folder.toString());
  }

  private static boolean hasCompiler() {
    return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "g++")));
  }
}
