package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FatbinTest {
  @Test
  void fatbin_isMadeOfTheSourcesThatAreHere() throws IOException {
    try (InputStream stored =
        Objects.requireNonNull(Launcher.class.getResourceAsStream("kernels.sources.sha256"))) {
      assertThat(new String(stored.readAllBytes(), StandardCharsets.UTF_8).strip())
          .as("run trainer/engine/src/main/cuda/build.sh, which needs nvcc of CUDA 13")
          .isEqualTo(CudaSources.kernelHash());
    }
  }
}
