package brink.trainer.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntBiFunction;

/**
 * Images with their labels.
 *
 * @param images header of their file
 * @param labels header of theirs
 */
record IdxPart(IdxFile images, IdxFile labels) {
  /** MNIST's classes, of which a part may lack some. */
  private static final int DIGITS = 10;

  /** Checks that they belong together. */
  IdxPart {
    require(images, IdxFile.Kind.IMAGES, "images (IDX header 0x00000803)");
    require(labels, IdxFile.Kind.LABELS, "labels (IDX header 0x00000801)");
    if (labels.count() != images.count()) {
      throw new DataException(
          "%s: expected %d labels, as many as there are images in %s, found %d"
              .formatted(labels.file(), images.count(), images.file(), labels.count()));
    }
  }

  private static void require(IdxFile file, IdxFile.Kind kind, String what) {
    if (file.kind() == IdxFile.Kind.HTML) {
      throw WebPage.found(file.file());
    }
    if (file.kind() != kind) {
      throw new DataException(
          "%s: expected %s, found %s"
              .formatted(
                  file.file(),
                  what,
                  switch (file.kind()) {
                    case IMAGES -> "images";
                    case LABELS -> "labels";
                    default -> "not an IDX file of bytes";
                  }));
    }
  }

  /**
   * Which labels there are: 0 to count − 1 after the first is subtracted.
   *
   * @param first least label, 0 or 1
   * @param count number of classes
   */
  record Classes(int first, int count) {}

  /** By all labels of the file: MNIST's ten, or as many as there are up to the greatest. */
  Classes classes() {
    int least = 255;
    int greatest = 0;
    for (byte label : labels.labels()) {
      least = Math.min(least, Byte.toUnsignedInt(label));
      greatest = Math.max(greatest, Byte.toUnsignedInt(label));
    }
    // EMNIST's letters are the only set of MNIST's kin that counts from 1.
    return greatest < DIGITS
        ? new Classes(0, DIGITS)
        : least == 1 ? new Classes(1, greatest) : new Classes(0, greatest + 1);
  }

  /**
   * The first examples.
   *
   * @param limit how many of the available ones, by the name of the data
   */
  Dataset read(String name, Classes classes, ToIntBiFunction<Integer, String> limit) {
    int count = limit.applyAsInt(images.count(), name);
    byte[][] pixels = images.pixels(count);
    int[] numbers = new int[count];
    byte[] all = labels.labels();
    for (int i = 0; i < count; i++) {
      numbers[i] = Byte.toUnsignedInt(all[i]) - classes.first();
      if (numbers[i] < 0 || numbers[i] >= classes.count()) {
        throw new DataException(
            "%s: label %d is %d, expected %d to %d as for training"
                .formatted(
                    labels.file(),
                    i,
                    numbers[i] + classes.first(),
                    classes.first(),
                    classes.first() + classes.count() - 1));
      }
    }
    return new Dataset(
        name,
        new ByteFeatures(pixels, images.image()),
        new Targets.Classes(numbers, classes.count()));
  }

  List<Path> files() {
    return Arrays.asList(images.file(), labels.file());
  }
}
