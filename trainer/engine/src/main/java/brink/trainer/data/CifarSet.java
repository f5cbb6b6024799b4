package brink.trainer.data;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The binary versions of CIFAR (https://www.cs.toronto.edu/~kriz/cifar.html).
 *
 * @param title for people
 * @param archive that it is downloaded as
 * @param extracted folder that the archive has
 * @param train files for training
 * @param test file for testing
 * @param labels bytes before the pixels of an image
 * @param label which of these is the class
 * @param classes number of them
 * @param names file with a line for each class
 */
record CifarSet(
    String title,
    String archive,
    String extracted,
    List<String> train,
    String test,
    int labels,
    int label,
    int classes,
    String names) {
  static final CifarSet TEN =
      new CifarSet(
          "CIFAR-10",
          "cifar-10-binary.tar.gz",
          "cifar-10-batches-bin",
          IntStream.rangeClosed(1, 5).mapToObj("data_batch_%d.bin"::formatted).toList(),
          "test_batch.bin",
          1,
          0,
          10,
          "batches.meta.txt");

  /** The hundred classes; there are twenty coarse ones. */
  static final CifarSet HUNDRED = hundred(1, 100, "fine_label_names.txt");

  /** Kinds of five classes each. */
  static final CifarSet TWENTY = hundred(0, 20, "coarse_label_names.txt");

  private static CifarSet hundred(int label, int classes, String names) {
    return new CifarSet(
        "CIFAR-100",
        "cifar-100-binary.tar.gz",
        "cifar-100-binary",
        List.of("train.bin"),
        "test.bin",
        2,
        label,
        classes,
        names);
  }

  /** Names of the classes, if the folder has them. */
  List<String> classNames(Path folder) {
    Path file = folder.resolve(names);
    try {
      List<String> lines =
          Files.isRegularFile(file)
              ? Files.readAllLines(file).stream().filter(line -> !line.isBlank()).toList()
              : List.of();
      return lines.size() == classes ? lines : List.of();
    } catch (MalformedInputException e) {
      return List.of();
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }
}
