package brink.trainer.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a reader knows of the data that the numbers do not show.
 *
 * @param files that were read
 * @param split how training and test examples were told apart
 * @param columns names of the features; empty if they have none
 * @param target which column it is, in words; empty if the targets lie in a file of their own
 * @param classes names of the classes in the order of their labels; empty if they are numbers from
 *     0 on
 * @param layout order of axes that images have in the file; empty if there are none
 * @param divisor what the numbers of the file were divided by, such as 255 for bytes, 1 if nothing;
 *     0 if that is not known
 * @param warnings what is likely wrong, a sentence each
 */
public record Provenance(
    List<String> files,
    SplitRule split,
    List<String> columns,
    String target,
    List<String> classes,
    String layout,
    int divisor,
    List<String> warnings) {
  /** Of data that no more is known of. */
  static final Provenance UNKNOWN = of(new SplitRule.Separate());

  static Provenance of(SplitRule split, Path... files) {
    List<String> names = Arrays.stream(files).map(Path::toString).toList();
    return new Provenance(names, split, List.of(), "", List.of(), "", 0, List.of());
  }

  Provenance withFiles(List<Path> read) {
    List<String> names = read.stream().map(Path::toString).toList();
    return new Provenance(names, split, columns, target, classes, layout, divisor, warnings);
  }

  Provenance withSplit(SplitRule rule) {
    return new Provenance(files, rule, columns, target, classes, layout, divisor, warnings);
  }

  Provenance withColumns(List<String> names, String targetColumn) {
    return new Provenance(files, split, names, targetColumn, classes, layout, divisor, warnings);
  }

  Provenance withClasses(List<String> names) {
    return new Provenance(files, split, columns, target, names, layout, divisor, warnings);
  }

  /** Of images. */
  Provenance withImages(String axes, int dividedBy) {
    return new Provenance(files, split, columns, target, classes, axes, dividedBy, warnings);
  }

  /** The same with more to warn of. */
  Provenance withWarnings(List<String> more) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new Provenance(
        files, split, columns, target, classes, layout, divisor, List.copyOf(all));
  }
}
