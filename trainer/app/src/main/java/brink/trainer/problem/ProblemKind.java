package brink.trainer.problem;

import brink.trainer.descent.CurvaturePoints;
import brink.trainer.descent.DirectCadence;
import brink.trainer.descent.Problem;
import brink.trainer.kernels.Kernels;
import brink.trainer.request.OptionException;
import brink.trainer.request.ProblemName;
import brink.trainer.request.RunOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/** A kind of problem that Brink builds from data, and how it is run unless told otherwise. */
public interface ProblemKind {
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

  /** The options of some problems that this kind has. */
  Set<RunOption<?>> options();

  /** Options that only this kind has, with their defaults, as they are written; may be empty. */
  default String ownDefaults() {
    return "";
  }

  /**
   * Builds the problem.
   *
   * @throws brink.trainer.data.DataException if the data cannot be used
   * @throws OptionException if the request does not fit the problem
   */
  Problem build(Kernels kernels, ProblemInput input);

  /**
   * The kind of a problem.
   *
   * @throws OptionException if there is none of this name
   */
  static ProblemKind of(ProblemName problem) {
    return switch (problem.text()) {
      case "bn-linear" -> new BnLinearKind();
      case "matrix-completion-bn" -> new MatrixCompletionKind();
      case "mlp-bn" -> NetworkKind.mlpBn();
      case "mlp-ln" -> NetworkKind.mlpLn();
      case "vgg11-bn" -> NetworkKind.vgg11Bn();
      case "resnet20-bn" -> NetworkKind.resnet20Bn();
      case "dl4j" -> new Dl4jKind(Path.of(Objects.requireNonNull(problem.file())));
      case "network" -> NetworkKind.file(Path.of(Objects.requireNonNull(problem.file())));
      default -> throw new OptionException("no problem has the name " + problem);
    };
  }
}
