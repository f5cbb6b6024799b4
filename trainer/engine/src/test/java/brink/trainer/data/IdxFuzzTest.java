package brink.trainer.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Any bytes as images, as labels, and as a file in a folder of a whole set. */
class IdxFuzzTest {
  /** Deflate packs zeros a thousand to one; an image of one pixel is an array of its own. */
  private static final int BYTES_FOR_A_BYTE = 1032 * 50;

  @FuzzTest
  void load_anyBytes_areIdxOrRefused(byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("idx");
    Path any = folder.resolve("train-any");
    Path labels = folder.resolve("train-labels");
    try {
      Files.write(any, bytes);
      Files.write(labels, IdxWriter.labels(4, i -> i % 2));
      Fuzzed.read("mnist:" + any + "," + labels, bytes.length, BYTES_FOR_A_BYTE);
      Fuzzed.read("mnist:" + any + "," + any, bytes.length, BYTES_FOR_A_BYTE);
      Fuzzed.read("mnist:" + folder, bytes.length, BYTES_FOR_A_BYTE);
    } finally {
      for (Path file : new Path[] {any, labels, folder}) {
        Files.deleteIfExists(file);
      }
    }
  }
}
