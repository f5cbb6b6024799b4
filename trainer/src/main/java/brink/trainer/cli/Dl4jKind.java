package brink.trainer.cli;

import brink.trainer.data.Split;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.Problem;
import brink.trainer.dl4j.Dl4jLandscape;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import java.nio.file.Path;

/** A user's own network, as Deeplearning4j saved it. */
final class Dl4jKind implements ProblemKind {
  private static final String NAME = "dl4j";

  private final Path file;

  /**
   * @param file written by DL4J's ModelSerializer
   */
  Dl4jKind(Path file) {
    this.file = file;
  }

  /** Those of mlp-bn, but for the direct measurement of G², which costs some eighty gradients. */
  @Override
  public Defaults defaults() {
    return new Defaults(
        "synthetic:teacher?n=200&d=10&classes=4&noise=0&test=1000",
        0.1,
        3e-3,
        8_000,
        CurvaturePoints.MIDPOINT,
        0);
  }

  @Override
  public Problem build(Kernels kernels, String source, TrainOptions options) {
    Split data = options.load(source);
    Dl4jLandscape landscape = read(kernels, data, options);
    Tensor start = kernels.allocate(1, landscape.dimension());
    start.set(landscape.initialWeights());
    return new Problem(
        NAME,
        file.getFileName() + ": " + landscape.describe(),
        source,
        data.train().size(),
        landscape,
        start,
        landscape.scaleInvariantDimension());
  }

  private Dl4jLandscape read(Kernels kernels, Split data, TrainOptions options) {
    try {
      boolean all = options.dl4jTrain == TrainOptions.Dl4jTrain.ALL;
      return Dl4jLandscape.read(file, kernels, data, all);
    } catch (IllegalArgumentException e) {
      throw new OptionException("--problem dl4j: " + e.getMessage());
    }
  }
}
