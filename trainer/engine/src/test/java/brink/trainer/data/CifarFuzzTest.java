package brink.trainer.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Any bytes as every file of CIFAR-10 and CIFAR-100, repeated to the length of two records. */
class CifarFuzzTest {
  @FuzzTest
  void load_anyBytes_areImagesOrRefused(byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("cifar");
    List<String> names = new ArrayList<>(CifarSet.TEN.train());
    names.addAll(List.of("test_batch.bin", "train.bin", "test.bin", "batches.meta.txt"));
    try {
      for (String name : names) {
        boolean hundred = name.startsWith("t") && !name.startsWith("test_");
        Files.write(folder.resolve(name), repeated(bytes, hundred ? 2 * 3074 : 2 * 3073));
      }
      Fuzzed.read("cifar10:" + folder, 12 * 3073, 20);
      Fuzzed.read("cifar100:" + folder, 4 * 3074, 20);
      Fuzzed.read("cifar100:" + folder + "?labels=coarse", 4 * 3074, 20);
    } finally {
      for (String name : names) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.delete(folder);
    }
  }

  /** Every seventh input keeps its own length, which is one of no records. */
  private static byte[] repeated(byte[] bytes, int length) {
    byte[] file = new byte[bytes.length % 7 == 6 ? bytes.length : length];
    for (int i = 0; i < file.length && bytes.length > 0; i++) {
      file[i] = bytes[i % bytes.length];
    }
    return file;
  }
}
