package brink.trainer.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * MNIST and its kin in IDX files: a folder of them, or the two files of images and labels. Only the
 * asked images are read; they stay bytes.
 */
final class MnistFolder extends DataSource {
  /** What may stand behind the question mark. */
  static final List<String> PARAMETERS = List.of("set", "test");

  private final Path folder;
  private final @Nullable String set;
  private final List<Path> files;
  private final List<Path> tests;

  private MnistFolder(SourceParameters parameters) {
    folder = DataException.path(parameters.name());
    set = parameters.text("set");
    files = Files.exists(folder) ? List.of() : pair(parameters.name());
    String test = parameters.text("test");
    tests = test == null ? List.of() : pair(test);
    if (test != null && (files.isEmpty() || tests.isEmpty())) {
      throw new DataException(
          "mnist:%s: test=IMAGES,LABELS goes with mnist:IMAGES,LABELS"
              .formatted(parameters.name()));
    }
  }

  static MnistFolder of(String argument) {
    return new MnistFolder(new SourceParameters("mnist:", argument, PARAMETERS));
  }

  private static List<Path> pair(String text) {
    int comma = text.indexOf(',');
    return comma <= 0 || comma == text.length() - 1
        ? List.of()
        : List.of(
            DataException.path(text.substring(0, comma)),
            DataException.path(text.substring(comma + 1)));
  }

  @Override
  protected Split read(DataOptions options) {
    Integer testSize = options.testSize();
    boolean tested = testSize == null || testSize > 0;
    IdxPart train = files.isEmpty() ? inFolder(false) : part(files);
    IdxPart test =
        !tested || (!files.isEmpty() && tests.isEmpty())
            ? null
            : files.isEmpty() ? inFolder(true) : part(tests);
    if (test != null && !test.images().image().equals(train.images().image())) {
      throw new DataException(
          "%s: expected images of %s as in %s, found %s"
              .formatted(
                  test.images().file(),
                  train.images().image(),
                  train.images().file(),
                  test.images().image()));
    }
    String name = "mnist:" + folder;
    IdxPart.Classes classes = train.classes();
    List<Path> read = new ArrayList<>(train.files());
    if (test != null) {
      read.addAll(test.files());
    }
    return new Split(
            train.read(name, classes, options::trainSizeOf),
            test == null ? null : test.read(name, classes, options::testSizeOf))
        .with(
            Provenance.UNKNOWN
                .withFiles(read)
                .withImages("n×height×width", 255)
                .withClasses(names(train, classes)));
  }

  private IdxPart inFolder(boolean test) {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "%s: no such folder; give one with IDX files, or IMAGES,LABELS".formatted(folder));
    }
    return new IdxFolder(folder, set).part(test);
  }

  private static IdxPart part(List<Path> pair) {
    pair.forEach(file -> DataException.requireFile(file, "an IDX file"));
    return new IdxPart(IdxFile.of(pair.getFirst()), IdxFile.of(pair.getLast()));
  }

  private static List<String> names(IdxPart train, IdxPart.Classes classes) {
    String file = train.labels().file().toString().toLowerCase(Locale.ROOT);
    return file.contains("emnist") ? Emnist.names(classes) : Emnist.numbers(classes);
  }
}
