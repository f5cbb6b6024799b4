package brink.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** The image's stages, and which of them the services of the compose file are built from. */
final class ContainerFilesTest {
  private static final Path DOCKERFILE = Path.of("Dockerfile");
  private static final Path PINNED = Path.of("src", "main", "container", "cuda-requirements.txt");

  // What trainer/kernels/cuda looks for first (CuBlas, CuDnn), as the wheels name the files.
  private static final List<String> LIBRARIES =
      List.of("libcublas.so.13", "libcublasLt.so.13", "libcudnn*.so.9");

  private static List<String> matches(String pattern, Path file) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(Files.readString(file))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  @SuppressWarnings("unchecked") // a map of maps, as YAML has them
  private static Map<String, Object> service(String name) throws IOException {
    Map<String, Object> file =
        new Yaml().load(Files.readString(Path.of("..", "docker-compose.yml")));
    Map<String, Object> services =
        (Map<String, Object>) Objects.requireNonNull(file.get("services"));
    return (Map<String, Object>) Objects.requireNonNull(services.get(name), name);
  }

  @ParameterizedTest
  @CsvSource({"monitor, monitor", "trainer, brink", "trainer-gpu, gpu"})
  void compose_eachService_isBuiltFromAStageOfTheDockerfile(String name, String stage)
      throws IOException {
    Object build = Objects.requireNonNull(service(name).get("build"));

    assertThat(((Map<?, ?>) build).get("target")).isEqualTo(stage);
    assertThat(matches("^FROM \\S+ AS (\\S+)$", DOCKERFILE)).contains(stage);
  }

  @Test
  void compose_gpuTrainer_hasAnImageOfItsOwnAndTheDevice() throws IOException {
    Map<String, Object> trainer = service("trainer-gpu");

    assertThat(trainer.get("image")).isNotEqualTo(service("trainer").get("image"));
    assertThat(String.valueOf(trainer.get("command"))).contains(" --device cuda ");
    assertThat(String.valueOf(trainer.get("deploy"))).contains("driver=nvidia", "compute");
  }

  @Test
  void dockerfile_withoutTarget_makesTheImageWithoutLibraries() throws IOException {
    assertThat(matches("^FROM (.+)$", DOCKERFILE).getLast()).isEqualTo("brink");
  }

  @Test
  void dockerfile_stageOfTheGpu_hasWhatTheTrainerLooksForAndRunsAsNobodyElse() throws IOException {
    String text = Files.readString(DOCKERFILE);
    String folder = matches("^ENV BRINK_CUDA_PATH=(\\S+)$", DOCKERFILE).getFirst();

    assertThat(text).contains(LIBRARIES).contains("COPY --from=cuda /cuda " + folder + "\n");
    assertThat(text.substring(text.indexOf("AS gpu"))).doesNotContain("USER");
    assertThat(matches("^USER (.+)$", DOCKERFILE)).containsExactly("10001:10001");
  }

  @Test
  void libraries_ofTheImage_arePinnedByTheirHashes() throws IOException {
    assertThat(Files.readString(DOCKERFILE)).contains("--require-hashes");
    List<String> lines =
        Files.readAllLines(PINNED).stream().filter(line -> !line.startsWith("#")).toList();
    Pattern pinned = Pattern.compile("(\\S+)==\\d+(\\.\\d+)+ --hash=sha256:[0-9a-f]{64}");

    assertThat(lines).allMatch(line -> pinned.matcher(line).matches());
    assertThat(lines)
        .extracting(
            line -> {
              Matcher matcher = pinned.matcher(line);
              return matcher.matches() ? matcher.group(1) : "";
            })
        .contains("nvidia-cublas", "nvidia-cudnn-cu13");
  }
}
