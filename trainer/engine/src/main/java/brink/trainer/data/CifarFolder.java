package brink.trainer.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The binary versions of CIFAR-10 and CIFAR-100: records of one or two label bytes and 3072 pixel
 * bytes, the red, green and blue plane of 32×32 each, row-major, which become channels-last. Only
 * the asked records are read, in the order of the files, which is already random; they stay bytes.
 */
final class CifarFolder extends DataSource {
  static final ImageShape IMAGE = new ImageShape(32, 32, 3);
  static final int PIXELS = IMAGE.length();

  /** What may stand behind the question mark of cifar100. */
  static final List<String> PARAMETERS = List.of("labels");

  private final String scheme;
  private final CifarSet set;
  private final Path folder;

  private CifarFolder(String scheme, CifarSet set, Path folder) {
    Path extracted = folder.resolve(set.extracted());
    this.scheme = scheme;
    this.set = set;
    this.folder = Files.isDirectory(extracted) ? extracted : folder;
  }

  static CifarFolder ten(String argument) {
    return new CifarFolder("cifar10:", CifarSet.TEN, DataException.path(argument));
  }

  static CifarFolder hundred(String argument) {
    SourceParameters parameters = new SourceParameters("cifar100:", argument, PARAMETERS);
    boolean coarse = "coarse".equals(parameters.choice("labels", List.of("fine", "coarse")));
    return new CifarFolder(
        "cifar100:",
        coarse ? CifarSet.TWENTY : CifarSet.HUNDRED,
        DataException.path(parameters.name()));
  }

  @Override
  protected Split read(DataOptions options) {
    boolean tested = options.testSize() == null || options.testSize() > 0;
    List<Path> train = set.train().stream().map(folder::resolve).toList();
    List<Path> test = tested ? List.of(folder.resolve(set.test())) : List.of();
    requireFiles(train, test);
    String name = scheme + folder;
    int trainSize = options.trainSizeOf(count(train), name);
    int testSize = tested ? options.testSizeOf(count(test), name) : 0;
    List<Path> read = new ArrayList<>(train);
    read.addAll(test);
    return new Split(
            records(name, train, trainSize), testSize == 0 ? null : records(name, test, testSize))
        .with(
            Provenance.UNKNOWN
                .withFiles(read)
                .withImages("n×channels×height×width", 255)
                .withClasses(set.classNames(folder)));
  }

  private int recordLength() {
    return set.labels() + PIXELS;
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
          ("%s: missing %s; expected the extracted binary version of %s"
                  + " (%s) in this folder or in %s below it")
              .formatted(
                  folder, String.join(", ", missing), set.title(), set.archive(), set.extracted()));
    }
  }

  private int count(List<Path> files) {
    long records = 0;
    for (Path file : files) {
      long size = size(file);
      if (size == 0 || size % recordLength() != 0) {
        refuseWebPage(file);
        throw new DataException(
            ("%s: expected a multiple of %d bytes (%s and %d pixels for each image), found"
                    + " %d bytes; extract the archive anew")
                .formatted(
                    file,
                    recordLength(),
                    set.labels() == 1 ? "one label" : "two labels",
                    PIXELS,
                    size));
      }
      records += size / recordLength();
    }
    return Math.toIntExact(records);
  }

  private static void refuseWebPage(Path file) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      WebPage.refuse(file, in.readNBytes(WebPage.HEAD));
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private Dataset records(String name, List<Path> files, int count) {
    byte[][] pixels = new byte[count][];
    int[] labels = new int[count];
    int done = 0;
    for (Path file : files) {
      int end = (int) Math.min(count, done + size(file) / recordLength());
      read(file, pixels, labels, done, end);
      done = end;
    }
    return new Dataset(
        name, new ByteFeatures(pixels, IMAGE), new Targets.Classes(labels, set.classes()));
  }

  private void read(Path file, byte[][] pixels, int[] labels, int from, int to) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      byte[] bytes = new byte[recordLength()];
      for (int i = from; i < to; i++) {
        in.readFully(bytes);
        int label = Byte.toUnsignedInt(bytes[set.label()]);
        if (label >= set.classes()) {
          throw new DataException(
              "%s: record %d has label %d, expected 0 to %d; is this the binary version of %s?"
                  .formatted(file, i - from, label, set.classes() - 1, question()));
        }
        labels[i] = label;
        pixels[i] = IMAGE.interleaved(bytes, set.labels());
      }
    } catch (IOException e) {
      throw DataException.unreadable(file, e);
    }
  }

  private String question() {
    return set.labels() == 1 ? "CIFAR-10 and not of CIFAR-100" : "CIFAR-100 and not of CIFAR-10";
  }
}
