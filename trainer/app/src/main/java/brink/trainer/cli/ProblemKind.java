package brink.trainer.cli;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import java.util.Set;

/** A kind of problem that Brink builds from data, and how it is run unless told otherwise. */
interface ProblemKind {
  /**
   * How a problem is run unless the user says otherwise.
   *
   * @param data where the examples come from
   * @param learningRate η
   * @param weightDecay λ_wd
   * @param steps number of steps
   * @param curvature where sharpness is measured
   * @param direct cadence of the direct measurement of G²
   */
  record Defaults(
      String data,
      double learningRate,
      double weightDecay,
      long steps,
      CurvaturePoints curvature,
      DirectCadence direct) {}

  /** How this kind is run unless the user says otherwise. */
  Defaults defaults();

  /** Names of the options of {@link ProblemOptions} that this kind has. */
  Set<String> options();

  /** Options that only this kind has, with their defaults, as they are written; may be empty. */
  default String ownDefaults() {
    return "";
  }

  /**
   * Builds the problem.
   *
   * @param data where the examples come from
   * @throws brink.trainer.data.DataException if the data cannot be used
   * @throws OptionException if the options do not fit the problem
   */
  Problem build(Kernels kernels, String data, TrainOptions options);
}
