package brink.trainer.problem;

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
  /** An ε of 1e-5, which is Deeplearning4j's, leaves less where units vary by 0.1 or more. */
  private static final double NEARLY = 1e-3;

  private InvarianceNotes() {}

  /** Lines for the console; none if the loss is scale-invariant in all weights. */
  public static List<String> of(Problem problem) {
    Landscape landscape = problem.landscape();
    List<LayerInvariance> layers = LayerInvariance.measure(landscape, problem.initialWeights());
    List<String> notes = new ArrayList<>();
    List<WeightBlock> dependent = landscape.scaleDependentLayers();
    if (!dependent.isEmpty()) {
      boolean nearly = nearly(dependent, layers);
      notes.add(
          String.format(
              Locale.ROOT,
              "%s: %s, %,d of %,d weights; %s",
              nearly
                  ? "only nearly scale-invariant (ε > 0)"
                  : "not scale-invariant (no normalization, or ε > 0)",
              dependent.stream()
                  .map(block -> block.name() + errorOf(block, layers))
                  .collect(Collectors.joining(", ")),
              landscape.dimension() - landscape.scaleInvariantDimension(),
              landscape.dimension(),
              nearly
                  ? "the theory of the edge is an approximation here, and the norm ledger balances"
                      + " only approximately"
                  : "the theory of the edge does not cover such runs, and the norm ledger will"
                      + " not balance"));
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

  private static boolean nearly(List<WeightBlock> dependent, List<LayerInvariance> layers) {
    return layers.stream()
        .filter(layer -> dependent.contains(layer.block()))
        .allMatch(layer -> layer.error() <= NEARLY);
  }

  private static String errorOf(WeightBlock block, List<LayerInvariance> layers) {
    return layers.stream()
        .filter(layer -> layer.block().equals(block))
        .map(layer -> String.format(Locale.ROOT, " (|⟨w, ∇L⟩|/(‖w‖‖∇L‖) = %.1e)", layer.error()))
        .findFirst()
        .orElse("");
  }
}
