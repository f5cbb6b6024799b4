package brink.trainer.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.data.DataException;
import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.ImageShape;
import brink.trainer.data.Split;
import brink.trainer.data.Targets;
import com.sun.net.httpserver.HttpServer;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.deeplearning4j.common.resources.DL4JResources;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("DL4J's cache folder and server are static")
class Dl4jIteratorTest {
  private static final DataOptions RAW = DataOptions.DEFAULT.withStandardize(false);

  @TempDir Path cache;

  private final String server = DL4JResources.getBaseDownloadURL();

  @BeforeEach
  void useOwnCacheAndNoServer() throws IOException {
    DL4JResources.setBaseDirectory(cache.toFile());
    try (ServerSocket closed = new ServerSocket(0, 0, InetAddress.getLoopbackAddress())) {
      useServer(closed.getLocalPort());
    }
  }

  private static void useServer(int port) {
    DL4JResources.setBaseDownloadURL("http://127.0.0.1:" + port + "/");
  }

  @AfterEach
  void restore() {
    DL4JResources.resetBaseDirectoryLocation();
    DL4JResources.setBaseDownloadURL(server);
  }

  private static Split load(String argument, DataOptions options) {
    return DataSource.parse(argument).load(options);
  }

  @Test
  void iris_fileInCache_isReadThroughTheIterator() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      text.append(i).append(",3.5,1.4,0.25,").append(i / 50).append('\n');
    }
    Path file = cache.resolve("data/iris/iris.dat");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);

    Split split = load("dl4j:iris", RAW);

    assertThat(split.train().size()).isEqualTo(120);
    assertThat(Objects.requireNonNull(split.test()).size()).isEqualTo(30);
    int[] labels = ((Targets.Classes) split.train().targets()).labels();
    double[] row = new double[4];
    for (int i = 0; i < 120; i++) {
      split.train().features().copyRow(i, row, 0);
      assertThat(labels[i]).isEqualTo((int) (row[0] / 50));
      assertThat(row[3]).isEqualTo(0.25);
    }
  }

  @Test
  void iris_brokenFileInCache_namesIt() throws IOException {
    Path file = cache.resolve("data/iris/iris.dat");
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, "1,2,3,4,0\n");

    assertThatThrownBy(() -> load("dl4j:iris", RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("DL4J's iterator fails")
        .hasMessageContaining("delete or replace: " + file)
        .message()
        .hasLineCount(1);
  }

  @Test
  void iris_serverOutOfReach_namesWhereTheFileBelongs() {
    assertThatThrownBy(() -> load("dl4j:iris", RAW))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not in DL4J's cache")
        .hasMessageContaining("datasets/iris.dat cannot be reached")
        .hasMessageContaining("put there by hand: " + cache.resolve("data/iris/iris.dat"))
        .message()
        .hasLineCount(1);
  }

  @Test
  void parse_unknownName_namesThoseThatThereAre() {
    assertThatThrownBy(() -> DataSource.parse("dl4j:cifar10"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "dl4j:cifar10: unknown, expected dl4j:iris or dl4j:mnist (CIFAR-10 is read by"
                + " cifar10:DIR)");
    assertThatThrownBy(() -> DataSource.parse("dl4j:")).hasMessageEndingWith("dl4j:iris|mnist");
    assertThatThrownBy(() -> DataSource.parse("parquet:x"))
        .hasMessageContaining("regression&…], dl4j:iris|mnist, mnist:DIR");
  }

  @Test
  void mnist_serverRefuses_saysStatusAndFiles() throws IOException {
    HttpServer refusing =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    refusing.createContext("/", exchange -> exchange.sendResponseHeaders(409, -1));
    refusing.start();
    try {
      useServer(refusing.getAddress().getPort());

      assertThatThrownBy(() -> load("dl4j:mnist", RAW))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("answers with status 409")
          .hasMessageContaining(cache.resolve("t10k-labels-idx1-ubyte").toString());
    } finally {
      refusing.stop(0);
    }
  }

  @Test
  void mnist_silentServer_isNotWaitedForLong() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      useServer(silent.getLocalPort());

      assertThatThrownBy(() -> Dl4jCache.MNIST.requireServer(Duration.ofMillis(200)))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("cannot be reached (HttpTimeoutException)")
          .hasMessageContaining(cache.resolve("train-images-idx3-ubyte").toString());
    }
  }

  @Test
  void mnist_filesInCache_areReadThroughTheIterator() throws IOException {
    // The iterator insists on 60 000 labels, but takes missing pixels for black.
    idx("train-images-idx3-ubyte", 0x803, 60_000, new byte[] {0, 51, (byte) 255, 102});
    idx("train-labels-idx1-ubyte", 0x801, 60_000, alternating(60_000));
    idx("t10k-images-idx3-ubyte", 0x803, 10_000, new byte[] {1, 2, 3, 4});
    idx("t10k-labels-idx1-ubyte", 0x801, 10_000, alternating(10_000));

    Split split = load("dl4j:mnist", RAW.withSizes(501, 2));

    assertThat(split.train().size()).isEqualTo(501);
    assertThat(split.train().image()).isEqualTo(new ImageShape(28, 28, 1));
    double[] row = new double[784];
    split.train().features().copyRow(0, row, 0);
    assertThat(row).startsWith(0, 0.2, 1, 0.4);
    assertThat(((Targets.Classes) split.train().targets()).labels()).startsWith(0, 1, 0, 1);
    assertThat(Objects.requireNonNull(split.test()).size()).isEqualTo(2);
  }

  private static byte[] alternating(int count) {
    byte[] labels = new byte[count];
    for (int i = 1; i < count; i += 2) {
      labels[i] = 1;
    }
    return labels;
  }

  private void idx(String name, int magic, int count, byte[] data) throws IOException {
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(cache.resolve(name)))) {
      out.writeInt(magic);
      out.writeInt(count);
      if (magic == 0x803) {
        out.writeInt(28);
        out.writeInt(28);
      }
      out.write(data);
    }
  }
}
