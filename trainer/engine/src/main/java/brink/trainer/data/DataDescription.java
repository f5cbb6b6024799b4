package brink.trainer.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run trains on, as far as it has to be known to get the same numbers from the same files.
 *
 * @param files that were read; empty if the data were drawn
 * @param trainRows examples for training
 * @param testRows examples for testing; 0 if there are none
 * @param split how these were told apart
 * @param features numbers of an example
 * @param columns their names; empty if they have none
 * @param image how they are laid out as an image; null if they are none
 * @param layout order of axes that images have in the file; empty if there are none
 * @param divisor what the numbers of the file were divided by, such as 255 for bytes, 1 if nothing;
 *     0 if that is not known
 * @param target which column it is, in words; empty if the targets lie in a file of their own
 * @param task what is to be predicted
 * @param scaling whether features are standardized
 * @param targetScaling what numbers to predict are mapped by; null if they are as in the file, or
 *     classes
 * @param warnings what is likely wrong, a sentence each
 */
public record DataDescription(
    List<String> files,
    int trainRows,
    int testRows,
    SplitRule split,
    int features,
    List<String> columns,
    @Nullable ImageShape image,
    String layout,
    int divisor,
    String target,
    Task task,
    FeatureScaling scaling,
    @Nullable TargetScaling targetScaling,
    List<String> warnings) {
  /** What is to be predicted. */
  public sealed interface Task {}

  /**
   * Numbers.
   *
   * @param numbers to predict for each example
   */
  public record Regression(int numbers) implements Task {}

  /**
   * One of some classes.
   *
   * @param classes in the order of their labels
   */
  public record Classification(List<ClassCount> classes) implements Task {}

  /**
   * A class.
   *
   * @param name as in the file
   * @param train examples of it for training
   * @param test examples of it for testing
   */
  public record ClassCount(String name, int train, int test) {}

  /** What is done to the features, by what {@link Standardization} fits to the training rows. */
  public enum FeatureScaling {
    /** They are as they are read. */
    NONE,
    /** Each column gets mean 0 and variance 1. */
    COLUMNS,
    /** Each channel of the images gets mean 0 and variance 1. */
    CHANNELS
  }

  /**
   * The map y ↦ (y − mean)/deviation of all targets. Two classes that are regressed on are −1 and 1
   * before.
   *
   * @param mean over the training rows
   * @param deviation population standard deviation over the training rows
   */
  public record TargetScaling(double mean, double deviation) {}

  /** The same with targets that are standardized. */
  public DataDescription withTargets(double mean, double deviation) {
    return new DataDescription(
        files,
        trainRows,
        testRows,
        split,
        features,
        columns,
        image,
        layout,
        divisor,
        target,
        task,
        scaling,
        new TargetScaling(mean, deviation),
        warnings);
  }

  /** All of it but the warnings in one line, for people; text of files is cut and escaped. */
  public String line() {
    return DescriptionLine.of(this);
  }

  static DataDescription of(Split split) {
    Provenance known = split.provenance();
    Dataset train = split.train();
    Dataset test = split.test();
    Task task = ClassCounts.task(split);
    FeatureScaling scaling =
        !split.standardized()
            ? FeatureScaling.NONE
            : train.image() == null ? FeatureScaling.COLUMNS : FeatureScaling.CHANNELS;
    return new DataDescription(
        known.files(),
        train.size(),
        test == null ? 0 : test.size(),
        known.split(),
        train.dimension(),
        known.columns(),
        train.image(),
        known.layout(),
        known.divisor(),
        known.target(),
        task,
        scaling,
        null,
        known.withWarnings(Suspicions.of(split, task)).warnings());
  }
}
