package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import brink.trainer.kernels.Precision;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaErrorsTest {
  private static final String DRIVER = "libcuda.so.1";

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void restore() {
    Emulation.reset();
    assertThat(Emulation.objects()).isZero();
  }

  private static void assertFails(LibraryFolders folders, int ordinal, String... parts) {
    assertFails(folders, ordinal, Arithmetic.FLOAT32, parts);
  }

  private static void assertFails(
      LibraryFolders folders, int ordinal, Arithmetic arithmetic, String... parts) {
    assertThatExceptionOfType(CudaException.class)
        .isThrownBy(() -> CudaKernels.open(folders, ordinal, arithmetic).close())
        .satisfies(e -> assertThat(e.getMessage()).contains(parts).doesNotContain("\n"));
  }

  @Test
  void open_withoutDriver_saysSo() {
    assertFails(LibraryFolders.only(folder), 0, "no NVIDIA driver (libcuda.so.1)", "--device cpu");
  }

  @Test
  void open_folderThatIsNone_namesIt() {
    assertFails(
        LibraryFolders.only(folder.resolve("no")), 0, "BRINK_CUDA_PATH names", "is not a folder");
  }

  @Test
  void open_driverThatIsNoLibrary_namesTheFile() throws IOException {
    Path driver = Files.writeString(folder.resolve(DRIVER), "text");

    assertFails(LibraryFolders.only(folder), 0, driver.toString(), "is not a shared library");
  }

  @Test
  void open_driverWithoutAFunction_namesIt() throws IOException {
    Path source = folder.resolve("old.cpp");
    Files.writeString(
        source, "extern \"C\" int cuInit(unsigned) { return 0; }", StandardCharsets.UTF_8);
    Emulation.folder(); // without g++ the test is skipped
    Emulation.run(
        List.of(
            "g++",
            "-shared",
            "-fPIC",
            "-Wl,-z,noexecstack",
            "-o",
            folder.resolve(DRIVER).toString(),
            source.toString()));

    assertFails(
        LibraryFolders.only(folder),
        0,
        "libcuda.so.1 has no function cuDriverGetVersion",
        "install NVIDIA driver 580");
  }

  @Test
  void open_withoutBlas_saysSoAndGivesTheDeviceBack() {
    assertFails(Emulation.driverOnly(), 0, "no cuBLAS (libcublas.so.13", "BRINK_CUDA_PATH");
  }

  @Test
  void open_withoutDevice_saysSo() {
    Emulation.setDevices(0);

    assertFails(Emulation.libraries(), 0, "shows no GPU", "nvidia-smi");
  }

  @Test
  void open_deviceThatIsNotThere_listsTheOthers() {
    assertFails(Emulation.libraries(), 3, "no device cuda:3", "cuda:0: emulation");
  }

  @Test
  void open_deviceThatIsTooOld_saysSo() {
    Emulation.setCapability(7, 5);

    assertFails(Emulation.libraries(), 0, "cuda:0: emulation", "too old", "8.0");
  }

  @ParameterizedTest
  @CsvSource({"8, 6", "9, 0", "11, 0", "12, 0"})
  void open_bf16x9OnAnotherDevice_saysWhatItNeedsAndWhatToUse(int major, int minor) {
    Emulation.setCapability(major, minor);

    assertFails(
        Emulation.libraries(),
        0,
        Arithmetic.BF16X9,
        "bf16x9 needs compute capability 10.0 or 10.3",
        "cuda:0 (emulation) has %d.%d: use --precision float32 or tf32".formatted(major, minor));
  }

  @Test
  void open_bf16x9WithAnOlderCuBlas_saysWhatItNeedsAndWhatToUse() {
    Emulation.setCapability(10, 3);
    Emulation.setBlas(12, 8);

    assertFails(
        Emulation.libraries(),
        0,
        Arithmetic.BF16X9,
        "bf16x9 needs cuBLAS 12.9 or newer, and this is cuBLAS 12.8.0",
        "use --precision float32 or tf32");
  }

  @ParameterizedTest
  @CsvSource({"12, 9", "13, 0"})
  void open_bf16x9WithItsCuBlas_succeeds(int major, int minor) {
    Emulation.setCapability(10, 3);
    Emulation.setBlas(major, minor);

    try (CudaKernels kernels = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.BF16X9)) {
      assertThat(kernels.arithmetic()).isEqualTo("bf16x9");
    }
  }

  @Test
  void allocate_moreThanTheDeviceHas_saysHowMuchIsFree() {
    try (CudaKernels kernels = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32)) {
      Emulation.setMemory(100 << 20);

      assertThatExceptionOfType(CudaException.class)
          .isThrownBy(() -> kernels.allocate(1 << 14, 1 << 14))
          .withMessageContaining("cuda:0 (emulation) has no room for another 1.0 GiB: 0.1 GiB of")
          .withMessageContaining("--train-size");
    }
  }

  @Test
  void tensor_ofAnotherDevice_isRefused() {
    try (CudaKernels kernels = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32);
        CpuKernels others = new CpuKernels(Precision.FLOAT32, 1)) {
      Tensor here = kernels.allocate(1, 2);
      Tensor there = others.allocate(1, 2);

      assertThatIllegalArgumentException().isThrownBy(() -> kernels.copy(there, here));
      assertThatIllegalArgumentException().isThrownBy(() -> kernels.dot(here, there));
    }
  }

  @Test
  void tensor_afterClose_isGone() {
    CudaKernels closed = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32);
    Tensor x = closed.allocate(1, 3);
    closed.close();

    assertThatIllegalStateException().isThrownBy(x::get);
    assertThatIllegalStateException().isThrownBy(() -> closed.scale(2, x));
  }

  @Test
  void kernels_onAnotherThread_work() {
    try (CudaKernels kernels = CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT32)) {
      Tensor x = kernels.allocate(1, 2);
      x.set(new double[] {1, 2});

      double dot = CompletableFuture.supplyAsync(() -> kernels.dot(x, x)).join();

      assertThat(dot).isEqualTo(5);
    }
  }

  @Test
  void device_blasWithoutDnn_isDescribed() {
    try (CudaKernels kernels = CudaKernels.open(Emulation.withoutDnn(), 0, Arithmetic.FLOAT32)) {
      assertThat(kernels.device()).isEqualTo("cuda:0 (emulation, cuBLAS 13.0.0)");
    }
  }
}
