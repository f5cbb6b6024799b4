package brink.trainer.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cuda.Emulation;
import brink.trainer.kernels.cuda.LibraryFolders;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeviceOptionsTest {
  private static final LibraryFolders NONE = new LibraryFolders(List.of(), false, List.of());

  private final List<String> notes = new ArrayList<>();

  private static DeviceChoice parse(String... arguments) {
    RunRequestBuilder request = RunRequest.builder();
    RunOptions.read(List.of(arguments), request);
    return request.build().device();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda", "cuda:0", "auto"})
  void open_withGpu_takesIt(String device) {
    try (Kernels kernels =
        parse("--device", device, "--precision", "tf32").open(Emulation.libraries(), notes::add)) {
      assertThat(kernels.device()).startsWith("cuda:0 (emulation");
      assertThat(kernels.arithmetic()).isEqualTo("tf32");
      assertThat(kernels.memoryBytes().getAsLong()).isBetween(1L << 20, 1L << 30);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "auto"})
  void open_withoutGpu_takesTheProcessor(String device) {
    try (Kernels kernels = parse("--device", device).open(NONE, notes::add)) {
      assertThat(kernels.device()).startsWith("cpu");
      assertThat(kernels.arithmetic()).isEqualTo("float64");
      assertThat(kernels.memoryBytes()).isEmpty();
    }
  }

  @Test
  void open_gpuThatIsNotThere_isRefused() {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> parse("--device", "cuda:1").open(NONE, notes::add))
        .withMessageStartingWith("--device cuda:1: no NVIDIA driver");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf32", "bf16x9"})
  void open_formatOfGpusOnTheProcessor_isRefused(String precision) {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> parse("--precision", precision).open(NONE, notes::add))
        .withMessage(
            "--precision %s needs an NVIDIA GPU: use --device cuda, or float32", precision);
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(
            () -> parse("--device", "auto", "--precision", precision).open(NONE, notes::add))
        .withMessageStartingWith("--device cuda:0: no NVIDIA driver");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda", "auto"})
  void open_bf16x9OnAGpuWithoutIt_isRefused(String device) {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(
            () ->
                parse("--device", device, "--precision", "bf16x9")
                    .open(Emulation.libraries(), notes::add))
        .withMessageStartingWith("--device cuda:0: bf16x9 needs compute capability 10.0 or 10.3")
        .withMessageEndingWith("use --precision float32 or tf32");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpu", "cuda:", "cuda:-1", "CUDA0"})
  void parse_otherNames_areRefused(String device) {
    assertThatExceptionOfType(OptionException.class)
        .isThrownBy(() -> parse("--device", device))
        .withMessageContaining("expected cpu, cuda, cuda:N or auto");
  }
}
