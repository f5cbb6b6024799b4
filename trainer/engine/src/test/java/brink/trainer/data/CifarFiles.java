package brink.trainer.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/**
 * Writes a folder in the exact binary format of CIFAR-10, with images that can be learned: each
 * class has waves of its own direction, frequency and colour, under noise.
 */
final class CifarFiles {
  private static final int SIDE = 32;

  private CifarFiles() {}

  /**
   * Arguments: folder, images in each of the five training batches, images in the test batch, seed.
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 4) {
      throw new IllegalArgumentException("expected FOLDER TRAIN_PER_BATCH TEST SEED");
    }
    write(
        Path.of(arguments[0]),
        Integer.parseInt(arguments[1]),
        Integer.parseInt(arguments[2]),
        Long.parseLong(arguments[3]));
  }

  static void write(Path folder, int trainPerBatch, int test, long seed) throws IOException {
    Files.createDirectories(folder);
    Random random = new Random(seed);
    for (String name : CifarSet.TEN.train()) {
      batch(folder.resolve(name), trainPerBatch, random);
    }
    batch(folder.resolve(CifarSet.TEN.test()), test, random);
  }

  private static void batch(Path file, int images, Random random) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      for (int i = 0; i < images; i++) {
        int label = random.nextInt(CifarSet.TEN.classes());
        out.write(label);
        image(label, random, out);
      }
    }
  }

  private static void image(int label, Random random, OutputStream out) throws IOException {
    double angle = Math.PI * label / CifarSet.TEN.classes();
    double frequency = 0.2 + 0.06 * (label % 5);
    double phase = 2 * Math.PI * random.nextDouble();
    for (int colour = 0; colour < 3; colour++) {
      double level = 128 + 40 * Math.cos(2 * Math.PI * (label / 10.0 + colour / 3.0));
      for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
          double along = x * Math.cos(angle) + y * Math.sin(angle);
          double value =
              level + 40 * Math.sin(frequency * along + phase) + 30 * random.nextGaussian();
          out.write((int) Math.clamp(Math.round(value), 0L, 255L));
        }
      }
    }
  }
}
