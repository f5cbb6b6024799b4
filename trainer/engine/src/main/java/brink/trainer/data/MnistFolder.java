package brink.trainer.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * MNIST and what shares its IDX format (http://yann.lecun.com/exdb/mnist/): big-endian header, then
 * unsigned bytes; plain or gzipped. Only the asked images are read; they stay bytes.
 */
final class MnistFolder extends DataSource {
  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;
  private static final int CLASSES = 10;

  /** Far above the 28 of MNIST, far below what overflows. */
  private static final int LARGEST_SIDE = 4096;

  private final Path folder;

  MnistFolder(Path folder) {
    this.folder = folder;
  }

  @Override
  protected Split read(DataOptions options) {
    Integer test = options.testSize();
    return new Split(
        part("train", options::trainSizeOf),
        test != null && test == 0 ? null : part("t10k", options::testSizeOf));
  }

  /** How many of the available examples are to be read. */
  private interface Limit {
    int of(int available, String name);
  }

  private Dataset part(String prefix, Limit limit) {
    String name = "mnist:" + folder;
    Path imageFile = find(prefix + "-images-idx3-ubyte");
    Path labelFile = find(prefix + "-labels-idx1-ubyte");
    try (DataInputStream images = open(imageFile);
        DataInputStream labels = open(labelFile)) {
      int available = header(imageFile, images, IMAGES);
      ImageShape image = imageShape(imageFile, images);
      int labelled = header(labelFile, labels, LABELS);
      if (labelled != available) {
        throw new DataException(
            "%s: expected %d labels, as many as images, found %d"
                .formatted(labelFile, available, labelled));
      }
      int count = limit.of(available, name);
      return new Dataset(
          name,
          new ByteFeatures(pixels(images, count, image.length()), image),
          new Targets.Classes(labels(labelFile, labels, count), CLASSES));
    } catch (EOFException e) {
      throw new DataException(
          "%s: one of the %s files ends before its last example; download it anew"
              .formatted(folder, prefix),
          e);
    } catch (IOException e) {
      throw DataException.unreadable(folder, e);
    }
  }

  private Path find(String file) {
    Path plain = folder.resolve(file);
    Path zipped = folder.resolve(file + ".gz");
    if (Files.isRegularFile(plain)) {
      return plain;
    }
    if (Files.isRegularFile(zipped)) {
      return zipped;
    }
    throw new DataException("%s: missing %s or %s.gz".formatted(folder, file, file));
  }

  private static DataInputStream open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    return new DataInputStream(file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in);
  }

  private static int header(Path file, DataInputStream in, int expected) throws IOException {
    int magic = in.readInt();
    if (magic != expected) {
      throw new DataException(
          "%s: expected the IDX header 0x%08x, found 0x%08x".formatted(file, expected, magic));
    }
    int count = in.readInt();
    if (count < 0) {
      throw new DataException("%s: the header gives %d examples".formatted(file, count));
    }
    return count;
  }

  private static ImageShape imageShape(Path file, DataInputStream in) throws IOException {
    int height = in.readInt();
    int width = in.readInt();
    if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
      throw new DataException(
          "%s: expected images of at most %d×%d pixels, found %d×%d"
              .formatted(file, LARGEST_SIDE, LARGEST_SIDE, height, width));
    }
    return new ImageShape(height, width, 1);
  }

  private static byte[][] pixels(DataInputStream in, int count, int columns) throws IOException {
    // A list, because a corrupt header can promise more images than memory holds.
    List<byte[]> images = new ArrayList<>();
    while (images.size() < count) {
      byte[] image = new byte[columns];
      in.readFully(image);
      images.add(image);
    }
    return images.toArray(byte[][]::new);
  }

  private static int[] labels(Path file, DataInputStream in, int count) throws IOException {
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = in.readUnsignedByte();
      if (labels[i] >= CLASSES) {
        throw new DataException(
            "%s: label %d is %d, expected 0 to %d".formatted(file, i, labels[i], CLASSES - 1));
      }
    }
    return labels;
  }
}
