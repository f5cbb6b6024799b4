package brink.trainer.data;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Any bytes as features, as targets, and as an archive of both. */
class NpyFuzzTest {
  private static final int ROWS = 4;

  @FuzzTest
  void load_anyBytes_areAnArrayOrRefused(byte[] bytes) throws IOException {
    Path folder = Files.createTempDirectory("npy");
    Path any = Files.write(folder.resolve("any.npy"), bytes);
    Path good =
        Files.write(
            folder.resolve("good.npy"),
            NumpyWriter.array("<i8", false, new int[] {ROWS}, 0, 1, 1, 0));
    try {
      // A number of a byte becomes one of eight, twice where axes are reordered.
      Fuzzed.read("npy:" + any + "," + good, bytes.length, 100);
      Fuzzed.read("npy:" + good + "," + any, bytes.length, 100);
      // What is packed is as many numbers as what it was packed from.
      Fuzzed.read("npy:" + any + "?x=x&y=y", bytes.length, 1032 * 100);
    } finally {
      for (Path file : new Path[] {any, good, folder}) {
        Files.delete(file);
      }
    }
  }
}
