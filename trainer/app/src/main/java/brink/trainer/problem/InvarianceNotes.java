package brink.trainer.problem;

import brink.invariance.DeclaredInvariance;
import brink.trainer.curvature.LayerInvariance;
import brink.trainer.descent.Problem;
import brink.trainer.landscape.Landscape;
import brink.trainer.landscape.WeightBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a person should know before a run whose loss is not scale-invariant. */
public final class InvarianceNotes {
  private InvarianceNotes() {}

  /** Lines for the console; none if the loss is scale-invariant in all weights. */
  public static List<String> of(Problem problem) {
    Landscape landscape = problem.landscape();
    List<LayerInvariance> layers = LayerInvariance.measure(landscape, problem.initialWeights());
    List<String> notes = new ArrayList<>();
    List<WeightBlock> dependent = landscape.scaleDependentLayers();
    if (!dependent.isEmpty()) {
      notes.add(dependence(problem, dependent, layers));
    }
    layers.stream()
        .filter(LayerInvariance::broken)
        .forEach(
            layer ->
                notes.add(
                    String.format(
                        Locale.ROOT,
                        "layer %s should be scale-invariant, but |⟨w, ∇L⟩|/(‖w‖‖∇L‖) = %.1e: its"
                            + " normalization has an ε or is ill-conditioned here; use ε = 0,"
                            + " float64 or other weights",
                        layer.block().name(),
                        layer.error())));
    return notes;
  }

  private static String dependence(
      Problem problem, List<WeightBlock> dependent, List<LayerInvariance> layers) {
    Landscape landscape = problem.landscape();
    double error = problem.scaleInvarianceError();
    DeclaredInvariance declared =
        DeclaredInvariance.of(landscape.scaleInvariantDimension(), landscape.dimension(), error);
    return String.format(
        Locale.ROOT,
        "%s: %s, %,d of %,d weights; %s",
        declared.words(error),
        dependent.stream()
            .map(block -> block.name() + errorOf(block, layers))
            .collect(Collectors.joining(", ")),
        landscape.dimension() - landscape.scaleInvariantDimension(),
        landscape.dimension(),
        declared == DeclaredInvariance.NEARLY
            ? "the monitor measures what that adds to weight decay, and its verdicts allow for it"
            : "without normalization, or with a large ε, the theory of the edge does not hold, and"
                + " the norm ledger does not balance");
  }

  private static String errorOf(WeightBlock block, List<LayerInvariance> layers) {
    return layers.stream()
        .filter(layer -> layer.block().equals(block))
        .map(layer -> String.format(Locale.ROOT, " (%.1e)", layer.error()).replace('-', '−'))
        .findFirst()
        .orElse("");
  }
}
