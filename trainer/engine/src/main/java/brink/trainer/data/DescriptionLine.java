package brink.trainer.data;

import brink.trainer.data.DataDescription.ClassCount;
import brink.trainer.data.DataDescription.Classification;
import brink.trainer.data.DataDescription.FeatureScaling;
import brink.trainer.data.DataDescription.Regression;
import brink.trainer.data.DataDescription.TargetScaling;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** A description of data as one line. */
final class DescriptionLine {
  private static final int FILES = 4;
  private static final int COLUMNS = 4;
  private static final int CLASSES = 5;

  private DescriptionLine() {}

  static String of(DataDescription data) {
    return files(data)
        + rows(data)
        + ", "
        + features(data)
        + ", "
        + task(data)
        + "; "
        + scaling(data);
  }

  private static String files(DataDescription data) {
    if (data.files().isEmpty()) {
      return "drawn: ";
    }
    List<String> names =
        data.files().stream().map(file -> Shown.of(last(file))).limit(FILES).toList();
    int more = data.files().size() - names.size();
    return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "") + ": ";
  }

  private static String last(String file) {
    return Objects.toString(Path.of(file).getFileName(), file);
  }

  private static String rows(DataDescription data) {
    String train = count(data.trainRows(), "row") + " to train on";
    if (data.testRows() == 0) {
      return train + ", none to test on" + order(data.split());
    }
    String how =
        switch (data.split()) {
          case SplitRule.Shuffled(long seed, int rows, int _) ->
              String.format(Locale.ROOT, " (of %,d, shuffled with seed %d)", rows, seed);
          case SplitRule.Separate _ -> " (a set of their own)";
          case SplitRule.Drawn(long seed) -> " (both with seed " + seed + ")";
        };
    return String.format(Locale.ROOT, "%s, %,d to test on%s", train, data.testRows(), how);
  }

  private static String order(SplitRule split) {
    return switch (split) {
      case SplitRule.Shuffled(long seed, int _, int _) -> " (shuffled with seed " + seed + ")";
      case SplitRule.Separate _ -> "";
      case SplitRule.Drawn(long seed) -> " (seed " + seed + ")";
    };
  }

  private static String count(int count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  private static String features(DataDescription data) {
    ImageShape image = data.image();
    if (image != null) {
      String file = data.layout().isEmpty() ? "" : "; in the file " + data.layout();
      String divided = data.divisor() <= 1 ? "" : ", divided by " + data.divisor();
      return "images of %s (height×width×channels%s%s)".formatted(image, file, divided);
    }
    String names =
        data.columns().isEmpty()
            ? ""
            : data.columns().stream()
                .limit(COLUMNS)
                .map(name -> name.isEmpty() ? "no name" : Shown.of(name))
                .collect(
                    Collectors.joining(", ", " (", data.columns().size() > COLUMNS ? ", …)" : ")"));
    return count(data.features(), "feature") + names;
  }

  private static String task(DataDescription data) {
    String target = data.target().isEmpty() ? "" : " of " + data.target();
    return switch (data.task()) {
      case Regression(int numbers) ->
          (data.target().isEmpty() ? "regression" : "regression on " + data.target())
              + (numbers == 1 ? "" : " (" + numbers + " numbers)");
      case Classification(List<ClassCount> classes) ->
          String.format(
                  Locale.ROOT, "%,d %s", classes.size(), classes.size() == 1 ? "class" : "classes")
              + target
              + classes.stream()
                  .limit(CLASSES)
                  .map(c -> String.format(Locale.ROOT, "%s: %,d", Shown.of(c.name()), c.train()))
                  .collect(Collectors.joining(", ", " (", classes.size() > CLASSES ? ", …)" : ")"));
    };
  }

  private static String scaling(DataDescription data) {
    String features =
        data.scaling() == FeatureScaling.NONE
            ? "features as they are"
            : "features standardized by "
                + (data.scaling() == FeatureScaling.COLUMNS ? "column" : "channel");
    TargetScaling targets = data.targetScaling();
    if (targets != null) {
      return features
          + String.format(
              Locale.ROOT,
              ", targets standardized (mean %.4g, deviation %.4g)",
              targets.mean(),
              targets.deviation());
    }
    return data.task() instanceof Regression ? features + ", targets as they are" : features;
  }
}
