package brink.trainer.kernels.cuda;

import static brink.trainer.kernels.cuda.Operand.read;
import static brink.trainer.kernels.cuda.Operand.written;
import static brink.trainer.kernels.cuda.SlicedState.Part.DEVIATION_TANGENT;
import static brink.trainer.kernels.cuda.SlicedState.Part.INPUT_ADJOINT;
import static brink.trainer.kernels.cuda.SlicedState.Part.INVERSE_DEVIATION;
import static brink.trainer.kernels.cuda.SlicedState.Part.MEAN;
import static brink.trainer.kernels.cuda.SlicedState.Part.NORMALIZED;
import static brink.trainer.kernels.cuda.SlicedState.Part.NORMALIZED_TANGENT;
import static brink.trainer.kernels.cuda.SlicedState.Part.OUTPUT;
import static brink.trainer.kernels.cuda.SlicedState.Part.OUTPUT_ADJOINT;
import static brink.trainer.kernels.cuda.SlicedState.Part.OUTPUT_TANGENT;

import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Normalization.Statistics;
import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.cuda.SlicedState.Part;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * Normalization slice by slice. By groups every slice is by itself; the batch takes two phases: the
 * sums of all slices, then a sweep with the means over the whole batch.
 */
final class SlicedNormalization {
  private final Slices slices;
  private final SlicedSums sums;
  private final CudaNormalization whole;

  SlicedNormalization(Slices slices, SlicedSums sums, CudaNormalization whole) {
    this.slices = slices;
    this.sums = sums;
    this.whole = whole;
  }

  /** What is done with a slice and its state. */
  @FunctionalInterface
  private interface Step {
    void run(Tensor[] operands, Normalization state);
  }

  private static boolean isBatch(Normalization state) {
    return state.statistics() instanceof Statistics.Batch;
  }

  /** Entries of an example. */
  private static long unit(Normalization state) {
    return (long) SlicedState.positions(state.statistics()) * state.normalized().columns();
  }

  private void run(
      long rows,
      Normalization state,
      List<Operand> own,
      Set<Part> read,
      Set<Part> written,
      Step step) {
    SlicedState sliced = new SlicedState(state, own.size());
    slices.run(
        rows / SlicedState.positions(state.statistics()),
        SlicedState.operands(state, own, read, written),
        (t, _) -> step.run(t, sliced.of(t)));
  }

  private void run(
      Normalization state, List<Operand> own, Set<Part> read, Set<Part> written, Step step) {
    run(state.normalized().rows(), state, own, read, written, step);
  }

  /** Means over the batch of what a kernel adds up. */
  private long means(
      Normalization state,
      List<Operand> own,
      Set<Part> read,
      BiFunction<Tensor[], Normalization, ColumnSums> of) {
    int rows = state.normalized().rows();
    SlicedState sliced = new SlicedState(state, own.size());
    return sums.means(
        rows,
        state.normalized().columns(),
        rows,
        SlicedState.operands(state, own, read, Set.of()),
        t -> of.apply(t, sliced.of(t)));
  }

  void forward(Tensor z, Normalization state) {
    List<Operand> own = List.of(read(z, unit(state)));
    if (!isBatch(state)) {
      run(
          state,
          own,
          Set.of(),
          Set.of(NORMALIZED, MEAN, INVERSE_DEVIATION, OUTPUT),
          (t, slice) -> whole.forward(CudaTensor.of(t[0]), slice));
      return;
    }
    Tensor first = z.row(0);
    BatchNormalization batch = whole.batch();
    long exact =
        means(
            state,
            List.of(read(z, unit(state)), read(first, 0)),
            Set.of(),
            (t, _) -> BatchNormalization.moments(CudaTensor.of(t[0]), CudaTensor.of(t[1])));
    run(
        1,
        state,
        List.of(read(first, 0)),
        Set.of(),
        Set.of(MEAN, INVERSE_DEVIATION),
        (t, slice) -> {
          CudaTensor row = CudaTensor.of(t[0]);
          batch.statistics(row, slice, CudaNormalization.resolution(row), exact);
        });
    run(
        state,
        own,
        Set.of(),
        Set.of(NORMALIZED, OUTPUT),
        (t, slice) -> batch.sweep(CudaTensor.of(t[0]), slice, exact));
  }

  void apply(Tensor z, Normalization state, Tensor y) {
    run(
        z.rows(),
        state,
        List.of(read(z, unit(state)), written(y, unit(state))),
        isBatch(state) ? Set.of(MEAN, INVERSE_DEVIATION) : Set.of(),
        Set.of(),
        (t, slice) -> whole.apply(CudaTensor.of(t[0]), slice, CudaTensor.of(t[1])));
  }

  void tangent(Tensor zTangent, Normalization state) {
    List<Operand> own = List.of(read(zTangent, unit(state)));
    if (!isBatch(state)) {
      run(
          state,
          own,
          Set.of(NORMALIZED, OUTPUT, INVERSE_DEVIATION),
          Set.of(DEVIATION_TANGENT, NORMALIZED_TANGENT, OUTPUT_TANGENT),
          (t, slice) -> whole.tangent(CudaTensor.of(t[0]), slice));
      return;
    }
    BatchNormalization batch = whole.batch();
    long means =
        means(
            state,
            own,
            Set.of(NORMALIZED),
            (t, slice) -> BatchNormalization.tangentSums(CudaTensor.of(t[0]), slice));
    run(
        1,
        state,
        List.of(),
        Set.of(),
        Set.of(DEVIATION_TANGENT),
        (_, slice) -> batch.deviationTangent(zTangent.columns(), slice, means));
    run(
        state,
        own,
        Set.of(NORMALIZED, OUTPUT, INVERSE_DEVIATION),
        Set.of(NORMALIZED_TANGENT, OUTPUT_TANGENT),
        (t, slice) -> batch.sweepTangent(CudaTensor.of(t[0]), slice, means));
  }

  void backward(Normalization state) {
    Set<Part> read = Set.of(OUTPUT_ADJOINT, NORMALIZED, OUTPUT, INVERSE_DEVIATION);
    if (!isBatch(state)) {
      run(state, List.of(), read, Set.of(INPUT_ADJOINT), (_, slice) -> whole.backward(slice));
      return;
    }
    long means =
        means(
            state,
            List.of(),
            Set.of(OUTPUT_ADJOINT, NORMALIZED, OUTPUT),
            (_, slice) -> BatchNormalization.backwardSums(slice));
    run(
        state,
        List.of(),
        read,
        Set.of(INPUT_ADJOINT),
        (_, slice) -> whole.batch().sweepBackward(slice, means));
  }

  void backwardTangent(Tensor from, Normalization state, Tensor to) {
    List<Operand> own = List.of(read(from, unit(state)), written(to, unit(state)));
    Set<Part> read =
        Set.of(
            OUTPUT_ADJOINT,
            NORMALIZED,
            NORMALIZED_TANGENT,
            OUTPUT,
            INPUT_ADJOINT,
            INVERSE_DEVIATION,
            DEVIATION_TANGENT);
    if (!isBatch(state)) {
      run(
          state,
          own,
          read,
          Set.of(),
          (t, slice) -> whole.backwardTangent(CudaTensor.of(t[0]), slice, CudaTensor.of(t[1])));
      return;
    }
    long means =
        means(
            state,
            List.of(own.getFirst()),
            Set.of(OUTPUT_ADJOINT, NORMALIZED, NORMALIZED_TANGENT, OUTPUT),
            (t, slice) -> BatchNormalization.backwardTangentSums(CudaTensor.of(t[0]), slice));
    run(
        state,
        own,
        read,
        Set.of(),
        (t, slice) ->
            whole
                .batch()
                .sweepBackwardTangent(CudaTensor.of(t[0]), slice, means, CudaTensor.of(t[1])));
  }
}
