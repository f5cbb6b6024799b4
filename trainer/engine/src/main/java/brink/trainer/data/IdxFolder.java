package brink.trainer.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of a data set in IDX format in a folder: what is what is told by their headers,
 * and by their names only which of them are for testing, and which belong to one set.
 */
final class IdxFolder {
  private final Path folder;
  private final @Nullable String set;

  /**
   * @param folder with the files, or one that torchvision or EMNIST's archive made
   * @param set which of several data sets of the folder; null for the only one
   */
  IdxFolder(Path folder, @Nullable String set) {
    this.folder = folder;
    this.set = set;
  }

  /** The files of one data set. */
  private static final class Parts {
    private final List<IdxFile> train = new ArrayList<>();
    private final List<IdxFile> test = new ArrayList<>();
  }

  /**
   * The images and labels for training, or for testing.
   *
   * @throws DataException if they are not there, or cannot be told
   */
  IdxPart part(boolean test) {
    Map<String, Parts> sets = sets();
    if (sets.isEmpty()) {
      throw new DataException(
          "%s: no IDX files (such as train-images-idx3-ubyte, plain or gzipped) in this folder, nor in raw, MNIST/raw or gzip below it"
              .formatted(folder));
    }
    if (sets.size() > 1) {
      throw new DataException(
          "%s: holds several data sets; say set= and one of %s"
              .formatted(
                  folder, sets.keySet().stream().map(Shown::of).collect(Collectors.joining(", "))));
    }
    Parts parts = sets.values().iterator().next();
    List<IdxFile> files = test ? parts.test : parts.train;
    return new IdxPart(
        only(files, IdxFile.Kind.IMAGES, test), only(files, IdxFile.Kind.LABELS, test));
  }

  private IdxFile only(List<IdxFile> files, IdxFile.Kind kind, boolean test) {
    List<IdxFile> found = files.stream().filter(file -> file.kind() == kind).toList();
    if (found.size() == 1) {
      return found.getFirst();
    }
    String what =
        (kind == IdxFile.Kind.IMAGES ? "images" : "labels") + (test ? " for testing" : "");
    String has =
        files.isEmpty()
            ? "no such file"
            : files.stream()
                .map(file -> file.file().getFileName() + " with " + words(file.kind()))
                .collect(Collectors.joining(", "));
    throw new DataException(
        "%s: expected one IDX file of %s, found %s%s"
            .formatted(folder, what, has, test ? "; without a test set say --test-size 0" : ""));
  }

  private static String words(IdxFile.Kind kind) {
    return kind == IdxFile.Kind.IMAGES ? "images" : "labels";
  }

  /** By the name that the files of a set share, which is empty of MNIST. */
  private Map<String, Parts> sets() {
    for (Path home : homes()) {
      Map<String, Parts> sets = sets(home);
      if (!sets.isEmpty()) {
        return sets;
      }
    }
    return Map.of();
  }

  private List<Path> homes() {
    List<Path> homes = new ArrayList<>(List.of(folder));
    for (String below : List.of("raw", "MNIST/raw", "gzip")) {
      homes.add(folder.resolve(below));
    }
    return homes.stream().filter(Files::isDirectory).toList();
  }

  private Map<String, Parts> sets(Path home) {
    Map<String, Parts> sets = new TreeMap<>();
    for (Path path : candidates(home)) {
      String name = lower(path);
      String shared = shared(name);
      if (set != null && !shared.contains(set.toLowerCase(Locale.ROOT))) {
        continue;
      }
      IdxFile file = IdxFile.of(path);
      if (file.kind() == IdxFile.Kind.HTML && name.contains("idx")) {
        throw WebPage.found(path);
      }
      if (file.kind() == IdxFile.Kind.IMAGES || file.kind() == IdxFile.Kind.LABELS) {
        Parts parts = sets.computeIfAbsent(shared, key -> new Parts());
        boolean test = name.contains("test") || name.contains("t10k");
        (test ? parts.test : parts.train).add(file);
      }
    }
    return sets;
  }

  /**
   * Files by name; of one that is there plain and gzipped, as torchvision leaves it, the former.
   */
  private static List<Path> candidates(Path home) {
    try (Stream<Path> files = Files.list(home)) {
      TreeSet<Path> all =
          files.filter(Files::isRegularFile).collect(Collectors.toCollection(TreeSet::new));
      return all.stream()
          .filter(
              path ->
                  !lower(path).endsWith(".gz") || !all.contains(path.resolveSibling(plain(path))))
          .toList();
    } catch (IOException e) {
      throw DataException.unreadable(home, e);
    }
  }

  private static String plain(Path path) {
    String name = Objects.toString(path.getFileName());
    return name.substring(0, name.length() - ".gz".length());
  }

  private static String lower(Path path) {
    return Objects.toString(path.getFileName()).toLowerCase(Locale.ROOT);
  }

  /** What is left of a name without what tells the parts of a set. */
  private static String shared(String name) {
    return name.replaceAll("train|test|t10k|images?|labels?|idx\\d?|ubyte|\\.gz$", "")
        .replaceAll("[^\\p{L}\\p{N}]+", "-")
        .replaceAll("^-+|-+$", "");
  }
}
