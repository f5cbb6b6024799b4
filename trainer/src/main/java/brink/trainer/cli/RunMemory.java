package brink.trainer.cli;

import brink.trainer.curvature.SharpnessSettings;
import brink.trainer.data.Split;
import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DescentMemory;
import brink.trainer.kernels.Precision;
import brink.trainer.network.NetworkMemory;
import java.util.Objects;

/** Memory of a run: a network, and the vectors that a descent keeps beside it. */
final class RunMemory {
  private RunMemory() {}

  /**
   * Refuses a run that the machine has not the memory for.
   *
   * @param network with its data
   * @param dimension number of trained weights
   * @param available bytes of the machine
   * @throws OptionException saying what is needed and how many examples would fit
   */
  static void requireFits(
      NetworkMemory network,
      long dimension,
      Precision precision,
      TrainOptions options,
      ProblemKind.Defaults defaults,
      Split data,
      long available) {
    long vectors = vectorsOfDescent(options, defaults);
    try {
      network
          .plus(dimension * precision.bytes() * vectors)
          .requireFits(
              data.train().size(), data.test() == null ? 0 : data.test().size(), available);
    } catch (IllegalArgumentException e) {
      throw new OptionException(e.getMessage() + "; use --train-size or a smaller network");
    }
  }

  private static long vectorsOfDescent(TrainOptions options, ProblemKind.Defaults defaults) {
    boolean curvature = options.curvatureEvery > 0;
    int direct = Objects.requireNonNullElse(options.directEvery, defaults.directEvery());
    return DescentMemory.vectors(
        curvature
            ? Objects.requireNonNullElse(options.curvature, defaults.curvature())
            : CurvaturePoints.NONE,
        curvature && direct > 0,
        SharpnessSettings.DEFAULT);
  }
}
