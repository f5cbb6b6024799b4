package brink.trainer.data;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file in the IDX format of MNIST (http://yann.lecun.com/exdb/mnist/): big-endian header, then
 * unsigned bytes; plain or gzipped, which its first bytes tell, and not its name.
 *
 * @param kind by its header
 * @param count of examples, as the header promises
 * @param image shape of the images; 1×1×1 where it is none of images
 */
record IdxFile(Path file, Kind kind, int count, ImageShape image) {
  /** What a file holds. */
  enum Kind {
    IMAGES,
    LABELS,
    HTML,
    OTHER
  }

  private static final int IMAGES = 0x803;
  private static final int LABELS = 0x801;

  /** Far above the 28 of MNIST, far below what overflows. */
  private static final int LARGEST_SIDE = 4096;

  /** Bytes read at once: a header may promise more than the file has. */
  private static final int PIECE = 1 << 16;

  private static final ImageShape NONE = new ImageShape(1, 1, 1);

  /**
   * Looks at the header.
   *
   * @throws DataException if it is one of IDX and senseless
   */
  static IdxFile of(Path file) {
    try (DataInputStream in = open(file)) {
      in.mark(WebPage.HEAD);
      if (WebPage.is(in.readNBytes(WebPage.HEAD))) {
        return new IdxFile(file, Kind.HTML, 0, NONE);
      }
      in.reset();
      int magic = in.readInt();
      if (magic == LABELS) {
        return new IdxFile(file, Kind.LABELS, count(file, in), NONE);
      }
      if (magic == IMAGES) {
        int count = count(file, in);
        return new IdxFile(file, Kind.IMAGES, count, shape(file, in));
      }
      return new IdxFile(file, Kind.OTHER, 0, NONE);
    } catch (EOFException | ZipException e) {
      return new IdxFile(file, Kind.OTHER, 0, NONE);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static DataInputStream open(Path file) throws IOException {
    BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file));
    in.mark(2);
    boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
    in.reset();
    if (!zipped) {
      return new DataInputStream(in);
    }
    try {
      return new DataInputStream(new BufferedInputStream(new GZIPInputStream(in)));
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  private static int count(Path file, DataInputStream in) throws IOException {
    int count = in.readInt();
    if (count < 0) {
      throw new DataException("%s: the header gives %d examples".formatted(file, count));
    }
    return count;
  }

  private static ImageShape shape(Path file, DataInputStream in) throws IOException {
    int height = in.readInt();
    int width = in.readInt();
    if (height < 1 || width < 1 || height > LARGEST_SIDE || width > LARGEST_SIDE) {
      throw new DataException(
          "%s: expected images of at most %d×%d pixels, found %d×%d"
              .formatted(file, LARGEST_SIDE, LARGEST_SIDE, height, width));
    }
    return new ImageShape(height, width, 1);
  }

  /** The first images, as bytes. */
  byte[][] pixels(int wanted) {
    try (DataInputStream in = open(file)) {
      in.skipNBytes(16);
      List<byte[]> images = new ArrayList<>();
      while (images.size() < wanted) {
        images.add(bytes(in, image.length()));
      }
      return images.toArray(byte[][]::new);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** All labels. */
  byte[] labels() {
    try (DataInputStream in = open(file)) {
      in.skipNBytes(8);
      return bytes(in, count);
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  /** In pieces, so that memory follows what is there and not what the header promises. */
  private static byte[] bytes(InputStream in, int length) throws IOException {
    if (length <= PIECE) {
      byte[] bytes = in.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException();
      }
      return bytes;
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream(PIECE);
    while (all.size() < length) {
      byte[] piece = in.readNBytes(Math.min(PIECE, length - all.size()));
      if (piece.length == 0) {
        throw new EOFException();
      }
      all.write(piece, 0, piece.length);
    }
    return all.toByteArray();
  }

  private DataException damaged(IOException e) {
    return e instanceof EOFException || e instanceof ZipException
        ? new DataException(
            "%s: ends before its last example, or is damaged; download it again".formatted(file), e)
        : DataException.unreadable(file, e);
  }
}
