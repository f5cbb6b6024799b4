package brink.trainer.publish;

import brink.trainer.descent.StepRecord;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.Tensor;
import java.util.List;
import java.util.Map;

/** A run and its steps, for tests. */
final class Samples {
  static final RunDescription RUN =
      new RunDescription(
          "run-1",
          "a run",
          "study",
          Map.of("machine", "desk"),
          "bn-linear",
          "linear 3→1",
          "synthetic",
          5,
          3,
          3,
          0.5,
          0.02,
          "float64",
          "cpu",
          7,
          1e-17,
          100);

  private Samples() {}

  /** A step of which only the necessary was measured. */
  static StepRecord bare(long step, Tensor gradient) {
    return new StepRecord(
        step, 0.25, 4, 9, 0.5, 0.02, null, null, List.of(), null, 11, 12, gradient);
  }

  static Tensor vector(Kernels kernels, double... values) {
    Tensor tensor = kernels.allocate(1, values.length);
    tensor.set(values);
    return tensor;
  }
}
