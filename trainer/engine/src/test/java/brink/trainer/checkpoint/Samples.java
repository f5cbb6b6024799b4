package brink.trainer.checkpoint;

import brink.trainer.state.SavedState;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Checkpoints for tests. */
final class Samples {
  static final double[] FINE = {0.1, -2.5e-300, Double.MIN_VALUE, -0.0};
  static final double[] COARSE = {0.5f, (float) 0.1, -3};

  private Samples() {}

  static Checkpoint checkpoint(String runId, long next) {
    SavedState state = new SavedState();
    state.put("step", next);
    state.put("weights", new SavedState.Vector(FINE.length, () -> FINE));
    state.put("gradient", new SavedState.Vector(COARSE.length, () -> COARSE));
    return new Checkpoint(
        runId,
        next,
        Map.of("--seed", "1"),
        List.of("--steps=5"),
        OptionalLong.of(next - 1),
        1_234,
        state);
  }
}
