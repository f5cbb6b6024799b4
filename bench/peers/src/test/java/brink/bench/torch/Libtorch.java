package brink.bench.torch;

import static org.junit.jupiter.api.Assumptions.abort;

import brink.bench.rows.JavaProcess;
import java.io.IOException;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/** Loads libtorch into the JVM of the tests, where the platform has it. */
public final class Libtorch {
  private Libtorch() {}

  /**
   * Loads it, or skips the test. It was seen to crash at its first start after being unpacked, so a
   * JVM that may crash unpacks it.
   */
  public static void load() throws IOException, InterruptedException {
    if (!isUnpacked()) {
      JavaProcess.of(List.of(), Libtorch.class, List.of()).inheritIO().start().waitFor();
    }
    try {
      Torch.load(1);
    } catch (LinkageError missing) {
      abort("no libtorch for this platform: " + missing.getMessage());
    }
  }

  private static boolean isUnpacked() throws IOException {
    String[] unpacked = Loader.getCacheDir().list((_, name) -> name.startsWith("pytorch-"));
    return unpacked != null && unpacked.length > 0;
  }

  public static void main(String[] arguments) {
    Torch.load(1);
  }
}
