package brink.trainer.kernels.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The sources of the kernels and of their emulation. */
final class CudaSources {
  /** This module, also where another one's tests use the emulated device. */
  private static final Path ENGINE =
      Files.isDirectory(Path.of("src", "main", "cuda")) ? Path.of("") : Path.of("..", "engine");

  static final Path KERNELS = ENGINE.resolve(Path.of("src", "main", "cuda"));
  static final Path EMULATION = ENGINE.resolve(Path.of("src", "test", "cuda"));

  private CudaSources() {}

  /** As sha256sum prints files of the kernels: what build.sh stores the hash of. */
  static String kernelHash() {
    String lines =
        String.join(
            "",
            files(KERNELS).stream()
                .filter(file -> file.toString().matches(".*\\.(cu|cuh|inc)"))
                .map(file -> sha256(read(file)) + "  " + file.getFileName() + "\n")
                .toList());
    return sha256(lines.getBytes(StandardCharsets.UTF_8));
  }

  /** Of everything that the emulation is made of. */
  static String hash() {
    StringBuilder hashes = new StringBuilder();
    Stream.of(KERNELS, EMULATION)
        .flatMap(folder -> files(folder).stream())
        .forEach(file -> hashes.append(sha256(read(file))));
    return sha256(hashes.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** In the order of their names. */
  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
