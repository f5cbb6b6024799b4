package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.cuda.CudaSurvey.Line;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaSurveyTest {
  @TempDir private Path empty = Path.of("");

  @AfterEach
  void restore() {
    Emulation.reset();
  }

  @Test
  void of_machineWithEverything_namesIt() {
    assertThat(CudaSurvey.of(Emulation.libraries()).lines())
        .containsExactly(
            new Line(false, "driver of CUDA 13.0"),
            new Line(false, "cuda:0: emulation, compute capability 9.0, 1.0 GiB"),
            new Line(false, "cuBLAS 13.0.0"),
            new Line(
                false,
                "cuda:0: precisions float32, tf32, float64; bf16x9 needs compute capability 10.0 or"
                    + " 10.3, and cuda:0 (emulation) has 9.0: use --precision float32 or tf32"),
            new Line(false, "cuDNN 9.10.2"));
  }

  @Test
  void of_deviceThatOffersBf16x9_saysSo() {
    Emulation.setCapability(10, 0);

    assertThat(CudaSurvey.of(Emulation.libraries()).lines())
        .contains(new Line(false, "cuda:0: precisions float32, tf32, bf16x9, float64"));
  }

  @Test
  void of_machineWithoutDriver_isNoFault() {
    assertThat(CudaSurvey.of(LibraryFolders.only(empty)).lines())
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.missing()).isFalse();
              assertThat(line.text())
                  .startsWith("none, training runs on the cpu: no NVIDIA driver");
            });
  }

  @Test
  void of_driverWithoutDevice_isNoFault() {
    Emulation.setDevices(0);

    assertThat(CudaSurvey.of(Emulation.libraries()).lines())
        .hasSize(2)
        .noneMatch(Line::missing)
        .last()
        .satisfies(line -> assertThat(line.text()).contains("no GPU"));
  }

  @Test
  void of_driverWithoutLibraries_saysWhatIsMissing() {
    assertThat(CudaSurvey.of(Emulation.driverOnly()).lines())
        .filteredOn(Line::missing)
        .extracting(Line::text)
        .satisfiesExactly(
            blas -> assertThat(blas).startsWith("no cuBLAS"),
            dnn -> assertThat(dnn).startsWith("no cuDNN (libcudnn.so.9)"));
  }
}
