package brink.trainer.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The binary version of CIFAR-10 (https://www.cs.toronto.edu/~kriz/cifar.html): records of one
 * label byte and 3072 pixel bytes, the red, green and blue plane of 32×32 each, row-major, which
 * become channels-last. Only the asked records are read, in the order of the files, which is
 * already random; they stay bytes.
 */
final class CifarFolder extends DataSource {
  static final ImageShape IMAGE = new ImageShape(32, 32, 3);
  static final int PIXELS = IMAGE.length();
  static final int RECORD = 1 + PIXELS;
  static final int CLASSES = 10;
  static final String EXTRACTED = "cifar-10-batches-bin";
  static final List<String> TRAIN =
      IntStream.rangeClosed(1, 5).mapToObj("data_batch_%d.bin"::formatted).toList();
  static final String TEST = "test_batch.bin";

  private final Path folder;

  CifarFolder(Path folder) {
    Path extracted = folder.resolve(EXTRACTED);
    this.folder = Files.isDirectory(extracted) ? extracted : folder;
  }

  @Override
  protected Split read(DataOptions options) {
    boolean tested = options.testSize() == null || options.testSize() > 0;
    List<Path> train = TRAIN.stream().map(folder::resolve).toList();
    List<Path> test = tested ? List.of(folder.resolve(TEST)) : List.of();
    requireFiles(train, test);
    String name = "cifar10:" + folder;
    int trainSize = options.trainSizeOf(count(train), name);
    int testSize = tested ? options.testSizeOf(count(test), name) : 0;
    return new Split(
        records(name, train, trainSize), testSize == 0 ? null : records(name, test, testSize));
  }

  private void requireFiles(List<Path> train, List<Path> test) {
    List<String> missing = new ArrayList<>();
    for (List<Path> files : List.of(train, test)) {
      files.stream()
          .filter(file -> !Files.isRegularFile(file))
          .forEach(file -> missing.add(file.getFileName().toString()));
    }
    if (!missing.isEmpty()) {
      throw new DataException(
          ("%s: missing %s; expected the extracted binary version of CIFAR-10"
                  + " (cifar-10-binary.tar.gz) in this folder or in %s below it")
              .formatted(folder, String.join(", ", missing), EXTRACTED));
    }
  }

  private static int count(List<Path> files) {
    long records = 0;
    for (Path file : files) {
      long size = size(file);
      if (size == 0 || size % RECORD != 0) {
        throw new DataException(
            ("%s: expected a multiple of %d bytes (one label and %d pixels for each image), found"
                    + " %d bytes; extract the archive anew")
                .formatted(file, RECORD, PIXELS, size));
      }
      records += size / RECORD;
    }
    return Math.toIntExact(records);
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static Dataset records(String name, List<Path> files, int count) {
    byte[][] pixels = new byte[count][];
    int[] labels = new int[count];
    int done = 0;
    for (Path file : files) {
      int end = (int) Math.min(count, done + size(file) / RECORD);
      read(file, pixels, labels, done, end);
      done = end;
    }
    return new Dataset(name, new ByteFeatures(pixels, IMAGE), new Targets.Classes(labels, CLASSES));
  }

  private static void read(Path file, byte[][] pixels, int[] labels, int from, int to) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      byte[] bytes = new byte[RECORD];
      for (int i = from; i < to; i++) {
        in.readFully(bytes);
        int label = Byte.toUnsignedInt(bytes[0]);
        if (label >= CLASSES) {
          throw new DataException(
              ("%s: record %d has label %d, expected 0 to %d; is this the binary version of"
                      + " CIFAR-10 and not of CIFAR-100?")
                  .formatted(file, i - from, label, CLASSES - 1));
        }
        labels[i] = label;
        pixels[i] = IMAGE.interleaved(bytes, 1);
      }
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }
}
