package brink.trainer.network.file;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.Loss;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Any bytes as the YAML of a network. */
class NetworkFileFuzzTest {
  @FuzzTest
  void read_anyBytes_areANetworkOrRefused(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("any", ".yaml");
    try {
      Files.write(file, bytes);
      NetworkFile read = NetworkFile.read(file, Loss.SOFTMAX_CROSS_ENTROPY, null, null, null, null);
      assertThat(read.spec().layers()).isNotEmpty();
    } catch (NetworkFileException e) {
      assertThat(e).hasMessageStartingWith(file.toString());
    } finally {
      Files.delete(file);
    }
  }
}
