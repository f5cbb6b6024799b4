package brink.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * NumPy arrays: features n×… and targets n, in two files or in one archive. The examples for
 * testing are held out of them, or are two more arrays.
 */
final class NpyFiles extends DataSource {
  /** What may stand behind the question mark. */
  static final List<String> PARAMETERS =
      List.of("task", "layout", "test", "fraction", "seed", "x", "y", "xtest", "ytest");

  private final SourceParameters parameters;
  private final @Nullable String task;
  private final @Nullable String layout;
  private final @Nullable Path archive;
  private final List<Path> files;
  private final List<Path> tests;

  private NpyFiles(SourceParameters parameters) {
    this.parameters = parameters;
    String name = parameters.name();
    task = Tasks.of(DataException.path(name), parameters);
    layout = parameters.choice("layout", ArrayLayout.WORDS);
    boolean single = name.indexOf(',') < 0 && !name.endsWith(".npy");
    archive = single ? DataException.path(name) : null;
    files = single ? List.of() : pair("npy:" + name, name);
    var _ = parameters.testPath();
    var _ = parameters.split(DataOptions.DEFAULT);
    String test = parameters.text("test");
    tests = test == null ? List.of() : pair("npy:" + name + ": test=" + test, test);
    for (String key : List.of("x", "y", "xtest", "ytest")) {
      if (!single && parameters.text(key) != null) {
        throw new DataException(
            "npy:%s: parameter '%s' names an array of one .npz file, but these are two files"
                .formatted(name, key));
      }
    }
    if (single && test != null) {
      throw new DataException(
          "npy:%s: name the arrays for testing by xtest= and ytest=".formatted(name));
    }
  }

  static NpyFiles of(String argument) {
    return new NpyFiles(new SourceParameters("npy:", argument, PARAMETERS));
  }

  private static List<Path> pair(String label, String text) {
    int comma = text.indexOf(',');
    if (comma <= 0 || comma == text.length() - 1) {
      throw new DataException(
          "%s: expected two files separated by a comma, npy:X,Y".formatted(label));
    }
    return List.of(
        DataException.path(text.substring(0, comma)),
        DataException.path(text.substring(comma + 1)));
  }

  /** Features and targets as they are in the files. */
  private record Loaded(NpyArray x, NpyArray y) {
    Loaded {
      if (x.rows() != y.rows() || y.values().length != y.rows()) {
        throw new DataException(
            "%s: expected %d targets, one for each row of %s, found shape %s%s"
                .formatted(y.name(), x.rows(), x.name(), NpyArray.words(y.shape()), advice(x, y)));
      }
    }

    private static String advice(NpyArray x, NpyArray y) {
      return x.rows() == y.rows() ? "; of classes as columns of 0 and 1 save y.argmax(axis=1)" : "";
    }
  }

  @Override
  protected Split read(DataOptions options) {
    if (archive != null) {
      if (!NpzFile.is(archive)) {
        DataException.requireFile(archive, "two .npy files separated by a comma, or one .npz file");
        throw new DataException(
            "npy:%s: expected two files separated by a comma, npy:X,Y, or one .npz file"
                .formatted(archive));
      }
      try (NpzFile zip = NpzFile.open(archive)) {
        NpzMembers members = NpzMembers.of(zip, parameters);
        Loaded train = new Loaded(zip.read(members.x()), zip.read(members.y()));
        String x = members.xTest();
        String y = members.yTest();
        Loaded test = x == null || y == null ? null : new Loaded(zip.read(x), zip.read(y));
        return split("npy:" + archive, train, test, List.of(archive), options);
      }
    }
    Loaded train = arrays(files);
    Loaded test = tests.isEmpty() ? null : arrays(tests);
    List<Path> all = new ArrayList<>(files);
    all.addAll(tests);
    return split("npy:" + files.getFirst(), train, test, all, options);
  }

  private static Loaded arrays(List<Path> pair) {
    return new Loaded(NpyArray.read(pair.getFirst()), NpyArray.read(pair.getLast()));
  }

  private Split split(
      String name, Loaded train, @Nullable Loaded test, List<Path> read, DataOptions options) {
    ArrayLayout axes = ArrayLayout.of(train.x(), layout);
    ArrayTargets targets = ArrayTargets.of(train.y(), task);
    Dataset all = new Dataset(name, axes.features(train.x()), targets.targets());
    Split split =
        test == null
            ? Split.shuffled(all, parameters.split(options))
            : Split.separate(all, tests(name, axes, train, test, targets), options);
    Provenance known = split.provenance().withFiles(read).withWarnings(targets.warnings());
    return split.with(axes.axes().isEmpty() ? known : known.withImages(axes.axes(), 1));
  }

  private static Dataset tests(
      String name, ArrayLayout axes, Loaded train, Loaded test, ArrayTargets trained) {
    if (!train
        .x()
        .shape()
        .subList(1, train.x().shape().size())
        .equals(test.x().shape().subList(1, test.x().shape().size()))) {
      throw new DataException(
          "%s: expected rows of the shape of %s, %s, found %s"
              .formatted(
                  test.x().name(),
                  train.x().name(),
                  NpyArray.words(train.x().shape()),
                  NpyArray.words(test.x().shape())));
    }
    return new Dataset(name, axes.features(test.x()), trained.same(test.y()));
  }
}
