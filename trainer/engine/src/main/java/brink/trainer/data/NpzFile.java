package brink.trainer.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Several arrays with names in one file, as numpy.savez and numpy.savez_compressed write them. */
final class NpzFile implements AutoCloseable {
  private static final String ENDING = ".npy";

  /** Deflate makes nothing smaller than by this factor: an entry that promises more is damaged. */
  private static final long MOST_INFLATED = 1032;

  private final Path file;
  private final ZipFile zip;

  private NpzFile(Path file, ZipFile zip) {
    this.file = file;
    this.zip = zip;
  }

  /** Whether a file is an archive by its first bytes, whatever it is called. */
  static boolean is(Path file) {
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(4);
      return head.length == 4 && head[0] == 'P' && head[1] == 'K' && head[2] <= 8;
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /**
   * Opens an archive.
   *
   * @throws DataException if it is none
   */
  static NpzFile open(Path file) {
    try {
      return new NpzFile(file, new ZipFile(file.toFile()));
    } catch (ZipException | IllegalArgumentException e) {
      throw new DataException(
          "%s: not an .npz archive: %s; write it again with numpy.savez"
              .formatted(file, e.getMessage()),
          e);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  /** Names of the arrays, without their ending. */
  List<String> names() {
    return zip.stream()
        .map(ZipEntry::getName)
        .map(name -> name.endsWith(ENDING) ? name.substring(0, name.length() - 4) : name)
        .toList();
  }

  /** The first of some names that an array has, in capitals or not. */
  Optional<String> first(List<String> wanted) {
    List<String> names = names();
    return wanted.stream()
        .flatMap(name -> names.stream().filter(name::equalsIgnoreCase))
        .findFirst();
  }

  /**
   * Reads an array.
   *
   * @throws DataException if there is none of this name, or it cannot be read
   */
  NpyArray read(String name) {
    ZipEntry entry = zip.getEntry(name + ENDING);
    if (entry == null) {
      entry = zip.getEntry(name);
    }
    if (entry == null) {
      throw unknown("no array '%s'".formatted(Shown.of(name)));
    }
    String label = file + "/" + Shown.of(name);
    long size = entry.getSize();
    if (size < 0
        || size > Integer.MAX_VALUE - 8
        || size > MOST_INFLATED * (entry.getCompressedSize() + 1)) {
      throw new DataException(
          "%s: an array of %,d bytes cannot be read; save fewer examples, or smaller numbers"
              .formatted(label, size));
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return NpyArray.parse(label, in.readNBytes((int) size));
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "%s: damaged: %s; write it again with numpy.savez".formatted(label, e.getMessage()), e);
    }
  }

  /** Says what is not there, and what is. */
  DataException unknown(String what) {
    return new DataException(
        "%s: %s; it has %s".formatted(file, what, Shown.of(String.join(", ", names()))));
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }
}
