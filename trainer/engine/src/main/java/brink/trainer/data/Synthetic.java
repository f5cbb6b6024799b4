package brink.trainer.data;

import brink.trainer.random.RandomStream;
import java.util.List;
import java.util.Random;

/**
 * Gaussian inputs with targets from a random teacher. Everything follows from the seed, through
 * {@link Random}, whose sequence is part of its specification.
 */
final class Synthetic extends DataSource {
  /** Parameters of classes from a random network. */
  static final List<String> TEACHER = List.of("n", "test", "d", "classes", "hidden", "noise");

  /** Parameters of a linear teacher. */
  static final List<String> REGRESSION = List.of("n", "test", "d", "noise");

  private final boolean classification;
  private final int train;
  private final int test;
  private final int dimension;
  private final int classes;
  private final int hidden;
  private final double noise;

  private Synthetic(SourceParameters parameters, boolean classification) {
    this.classification = classification;
    train = parameters.integer("n", classification ? 500 : 200, 2);
    test = parameters.integer("test", train / 5, 0);
    dimension = parameters.integer("d", classification ? 20 : 10, 1);
    classes = classification ? parameters.integer("classes", 5, 2) : 0;
    hidden = classification ? parameters.integer("hidden", 4 * dimension, 1) : 0;
    noise = parameters.number("noise", 0.1, 0, classification ? 1 : Double.MAX_VALUE);
    for (long numbers :
        new long[] {
          (long) train * dimension,
          (long) test * dimension,
          (long) hidden * dimension,
          (long) classes * hidden
        }) {
      if (numbers > Integer.MAX_VALUE - 8) {
        throw new DataException(
            "%s: more than 2,147,483,639 numbers do not fit into one table; use fewer or smaller examples"
                .formatted(parameters.label()));
      }
    }
  }

  static DataSource of(String argument) {
    return switch (argument.split("\\?", 2)[0]) {
      case "teacher" -> new Synthetic(new SourceParameters("synthetic:", argument, TEACHER), true);
      case "regression" ->
          new Synthetic(new SourceParameters("synthetic:", argument, REGRESSION), false);
      case "digits" -> Digits.of(argument);
      case "lowrank" -> LowRank.of(argument);
      default ->
          throw new DataException(
              "synthetic:%s: unknown, expected synthetic:teacher, regression, digits or lowrank"
                  .formatted(argument));
    };
  }

  @Override
  protected Split read(DataOptions options) {
    String name = classification ? "synthetic:teacher" : "synthetic:regression";
    int trainSize = options.trainSizeOf(train, name);
    int testSize = options.testSizeOf(test, name);
    Random random = RandomStream.of("synthetic data", options.seed());
    Teacher teacher =
        classification
            ? new Teacher.Perceptron(dimension, hidden, classes, noise, random)
            : new Teacher.Linear(dimension, noise, random);
    // The whole set is always drawn, so that a smaller one is the beginning of the larger.
    Dataset trained = draw(name, train, teacher, random);
    Dataset tested = draw(name, test, teacher, random);
    return new Split(trained.first(trainSize), testSize == 0 ? null : tested.first(testSize))
        .with(Provenance.of(new SplitRule.Drawn(options.seed())));
  }

  private Dataset draw(String name, int n, Teacher teacher, Random random) {
    double[] features = Gaussian.vector(n * dimension, 1, random);
    Features rows = new DenseFeatures(n, dimension, features);
    return new Dataset(name, rows, teacher.label(rows, random));
  }
}
