package brink.trainer.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import brink.trainer.kernels.Convolution;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How cuDNN does one product of a convolution for a number of examples: with the first of its
 * algorithms that is deterministic and, asked for its workspace, still there.
 */
record DnnPlan(
    long images, long filters, long outputs, long convolution, int algorithm, long workspace) {
  /** Which of the three products. */
  enum Product {
    FORWARD("Forward"),
    INPUT_ADJOINT("BackwardData"),
    WEIGHT_ADJOINT("BackwardFilter");

    private final String label;

    Product(String label) {
      this.label = label;
    }

    private String proposals() {
      return "cudnnGetConvolution" + label + "Algorithm_v7";
    }

    private String workspace() {
      return "cudnnGetConvolution" + label + "WorkspaceSize";
    }

    /** The function that queues it. */
    String function() {
      return "cudnnConvolution" + label;
    }

    private long[] descriptors(long images, long filters, long convolution, long outputs) {
      return switch (this) {
        case FORWARD -> new long[] {images, filters, convolution, outputs};
        case INPUT_ADJOINT -> new long[] {filters, outputs, convolution, images};
        case WEIGHT_ADJOINT -> new long[] {images, outputs, convolution, filters};
      };
    }
  }

  /** More than cuDNN has. */
  private static final int MOST_PROPOSALS = 16;

  // A workspace of more would take memory from the examples.
  private static final long MOST_WORKSPACE = 1L << 30;

  // cudnnConvolutionFwdAlgoPerf_t and its likes: algo, status, time, memory, determinism, …
  private static final long SIZE = 48;
  private static final long STATUS = 4;
  private static final long DETERMINISM = 24;
  private static final long MATH = 28;
  private static final int DETERMINISTIC = 1;

  /** A plan; null if cuDNN has no algorithm that fits. */
  static @Nullable DnnPlan of(
      CuDnn dnn, Convolution shape, int examples, int math, Product product) {
    long images = dnn.images(examples, shape.height(), shape.width(), shape.channels());
    long outputs = dnn.images(examples, shape.outputHeight(), shape.outputWidth(), shape.filters());
    long filters = dnn.filters(shape.filters(), shape.kernel(), shape.channels());
    long convolution = dnn.convolution(shape.padding(), shape.stride(), math);
    long[] four = product.descriptors(images, filters, convolution, outputs);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(JAVA_INT);
      MemorySegment proposals = arena.allocate(SIZE * MOST_PROPOSALS, Long.BYTES);
      int status =
          dnn.tryCall(
              product.proposals(),
              dnn.handle(),
              four[0],
              four[1],
              four[2],
              four[3],
              MOST_PROPOSALS,
              found.address(),
              proposals.address());
      int count = status == 0 ? found.get(JAVA_INT, 0) : 0;
      for (int i = 0; i < count; i++) {
        MemorySegment proposal = proposals.asSlice(SIZE * i, SIZE);
        int algorithm = proposal.get(JAVA_INT, 0);
        if (isUsable(proposal)) {
          if (math != Arithmetic.FMA) { // the proposal is one for this kind of math only
            dnn.setMath(convolution, proposal.get(JAVA_INT, MATH));
          }
          OptionalLong workspace = workspace(dnn, product, four, algorithm);
          if (workspace.isPresent() && workspace.getAsLong() <= MOST_WORKSPACE) {
            return new DnnPlan(
                images, filters, outputs, convolution, algorithm, workspace.getAsLong());
          }
        }
      }
      return null;
    }
  }

  private static boolean isUsable(MemorySegment proposal) {
    return proposal.get(JAVA_INT, STATUS) == 0
        && proposal.get(JAVA_INT, DETERMINISM) == DETERMINISTIC;
  }

  /** What an algorithm needs; empty if it is not there after all. */
  private static OptionalLong workspace(CuDnn dnn, Product product, long[] four, int algorithm) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(JAVA_LONG);
      int status =
          dnn.tryCall(
              product.workspace(),
              dnn.handle(),
              four[0],
              four[1],
              four[2],
              four[3],
              algorithm,
              bytes.address());
      return status == 0 ? OptionalLong.of(bytes.get(JAVA_LONG, 0)) : OptionalLong.empty();
    }
  }
}
