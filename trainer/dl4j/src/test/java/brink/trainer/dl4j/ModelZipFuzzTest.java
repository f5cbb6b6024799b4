package brink.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.data.Split;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cpu.CpuKernels;
import brink.trainer.listener.Models;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** Saved networks as they may come: one line of refusal, or a loss. */
class ModelZipFuzzTest {
  /**
   * Of a file of some kilobytes; its network is made several times, in DL4J and here. Jazzer's
   * hooks take hundreds of megabytes for classes that are loaded for the first time.
   */
  private static final long MOST_BYTES = Boolean.getBoolean("jazzer.hooks") ? 2L << 30 : 256L << 20;

  private static final Split DATA = RandomFeatures.split(Models.FEATURES, null, Models.CLASSES);

  @TempDir static Path folder;

  /** The bytes are the file. */
  @FuzzTest
  void file_ofAnyBytes_isRefusedOrHasALoss(byte[] bytes) throws IOException {
    read(Files.write(folder.resolve("any.zip"), bytes));
  }

  /** The bytes are what is in the file: its configuration, a zero, and its weights. */
  @FuzzTest
  void network_ofAnyBytes_isRefusedOrHasALoss(byte[] bytes) {
    int zero = 0;
    while (zero < bytes.length && bytes[zero] != 0) {
      zero++;
    }
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put(Zips.CONFIGURATION, Arrays.copyOf(bytes, zero));
    entries.put(
        Zips.COEFFICIENTS,
        Arrays.copyOfRange(bytes, Math.min(zero + 1, bytes.length), bytes.length));
    read(Zips.write(folder.resolve("network.zip"), entries));
  }

  /** The bytes are the normalizer of a network. */
  @FuzzTest
  void normalizer_ofAnyBytes_isNamedInOneShortLine(byte[] bytes) {
    Map<String, byte[]> entries = new LinkedHashMap<>(PERCEPTRON);
    entries.put("normalizer.bin", bytes);

    assertThat(ModelFile.read(Zips.write(folder.resolve("n.zip"), entries)).normalizers())
        .singleElement()
        .asString()
        .endsWith(" in normalizer.bin")
        .hasLineCount(1)
        .hasSizeLessThan(2_000);
  }

  private static final Map<String, byte[]> PERCEPTRON =
      Zips.entries(Models.perceptron(new org.nd4j.linalg.learning.config.Sgd(1), 0));

  private static void read(Path file) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try (Kernels kernels = new CpuKernels(1)) {
      Dl4jModel model = Dl4jModel.read(file, DATA, true);
      Tensor weights = model.initialWeights(kernels);
      assertThat(model.describe()).hasLineCount(1);
      assertThat(model.landscape(kernels).linearize(weights).loss()).isFinite();
    } catch (IllegalArgumentException e) {
      assertThat(e).message().startsWith(file + ": ").hasLineCount(1).hasSizeLessThan(1_000);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
  }
}
