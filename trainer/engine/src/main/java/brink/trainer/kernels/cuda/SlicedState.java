package brink.trainer.kernels.cuda;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Normalization.Statistics;
import brink.trainer.kernels.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * The tensors of a normalization as operands, behind a pass's own ones.
 *
 * @param state of whole matrices
 * @param own number of the pass's own operands
 */
record SlicedState(Normalization state, int own) {
  /** The tensors of a normalization, in the order of its components. */
  enum Part {
    NORMALIZED,
    MEAN,
    INVERSE_DEVIATION,
    OUTPUT,
    OUTPUT_ADJOINT,
    INPUT_ADJOINT,
    NORMALIZED_TANGENT,
    DEVIATION_TANGENT,
    OUTPUT_TANGENT;

    boolean isStatistic() {
      return this == MEAN || this == INVERSE_DEVIATION || this == DEVIATION_TANGENT;
    }
  }

  private Tensor tensor(Part part) {
    return switch (part) {
      case NORMALIZED -> state.normalized();
      case MEAN -> state.mean();
      case INVERSE_DEVIATION -> state.inverseDeviation();
      case OUTPUT -> state.output();
      case OUTPUT_ADJOINT -> state.outputAdjoint();
      case INPUT_ADJOINT -> state.inputAdjoint();
      case NORMALIZED_TANGENT -> state.normalizedTangent();
      case DEVIATION_TANGENT -> state.deviationTangent();
      case OUTPUT_TANGENT -> state.outputTangent();
    };
  }

  /** Rows of an example; those of batch normalization may be in any slice. */
  static int positions(Statistics statistics) {
    return statistics instanceof Statistics.Group(int positions, int _) ? positions : 1;
  }

  private long unit(Part part) {
    if (!part.isStatistic()) {
      return (long) positions(state.statistics()) * tensor(part).columns();
    }
    return state.statistics() instanceof Statistics.Group(int _, int groups) ? groups : 0;
  }

  /** Only the derivatives of tanh are taken from the output. */
  private boolean isRead(Part part, Set<Part> read) {
    return read.contains(part) && (part != Part.OUTPUT || state.activation() == Activation.TANH);
  }

  /** The pass's own operands, and all of the state's. */
  static List<Operand> operands(
      Normalization state, List<Operand> own, Set<Part> read, Set<Part> written) {
    SlicedState sliced = new SlicedState(state, own.size());
    List<Operand> operands = new ArrayList<>(own);
    for (Part part : Part.values()) {
      Operand.Access access = Operand.Access.NONE;
      if (written.contains(part)) {
        access = Operand.Access.WRITTEN;
      } else if (sliced.isRead(part, read)) {
        access = Operand.Access.READ;
      }
      operands.add(new Operand(sliced.tensor(part), sliced.unit(part), access));
    }
    return operands;
  }

  /** The state of a slice, from the operands of a step. */
  Normalization of(Tensor[] operands) {
    Map<Part, Tensor> slice = new EnumMap<>(Part.class);
    int next = own;
    for (Part part : Part.values()) {
      slice.put(part, operands[next]);
      next++;
    }
    // a kernel that does not read the output takes any address
    if (!(get(slice, Part.OUTPUT) instanceof CudaTensor)) {
      slice.put(Part.OUTPUT, get(slice, Part.NORMALIZED));
    }
    return new Normalization(
        state.statistics(),
        state.activation(),
        state.epsilon(),
        get(slice, Part.NORMALIZED),
        get(slice, Part.MEAN),
        get(slice, Part.INVERSE_DEVIATION),
        get(slice, Part.OUTPUT),
        get(slice, Part.OUTPUT_ADJOINT),
        get(slice, Part.INPUT_ADJOINT),
        get(slice, Part.NORMALIZED_TANGENT),
        get(slice, Part.DEVIATION_TANGENT),
        get(slice, Part.OUTPUT_TANGENT));
  }

  private static Tensor get(Map<Part, Tensor> slice, Part part) {
    return Objects.requireNonNull(slice.get(part));
  }
}
