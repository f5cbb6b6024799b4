package brink.trainer.kernels.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import brink.trainer.kernels.Convolution;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How cuDNN does one product of a convolution for a number of examples: with the first of its
 * algorithms that is deterministic.
 */
record DnnPlan(
    long images, long filters, long outputs, long convolution, int algorithm, long workspace) {
  /** Which of the three products. */
  enum Product {
    FORWARD("cudnnGetConvolutionForwardAlgorithm_v7"),
    INPUT_ADJOINT("cudnnGetConvolutionBackwardDataAlgorithm_v7"),
    WEIGHT_ADJOINT("cudnnGetConvolutionBackwardFilterAlgorithm_v7");

    private final String proposals;

    Product(String proposals) {
      this.proposals = proposals;
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
  private static final long MEMORY = 16;
  private static final long DETERMINISM = 24;
  private static final int DETERMINISTIC = 1;

  /** A plan; null if cuDNN has no algorithm that fits. */
  static @Nullable DnnPlan of(
      CuDnn dnn, Convolution shape, int examples, int math, Product product) {
    long images = dnn.images(examples, shape.height(), shape.width(), shape.channels());
    long outputs = dnn.images(examples, shape.outputHeight(), shape.outputWidth(), shape.filters());
    long filters = dnn.filters(shape.filters(), shape.kernel(), shape.channels());
    long convolution = dnn.convolution(shape.padding(), shape.stride(), math);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment found = arena.allocate(JAVA_INT);
      MemorySegment proposals = arena.allocate(SIZE * MOST_PROPOSALS, Long.BYTES);
      long[] four = product.descriptors(images, filters, convolution, outputs);
      int status =
          dnn.tryCall(
              product.proposals,
              dnn.handle(),
              four[0],
              four[1],
              four[2],
              four[3],
              MOST_PROPOSALS,
              found.address(),
              proposals.address());
      int count = status == 0 ? found.get(JAVA_INT, 0) : 0;
      OptionalInt first = firstUsable(proposals, count);
      if (first.isEmpty()) {
        return null;
      }
      long at = SIZE * first.getAsInt();
      return new DnnPlan(
          images,
          filters,
          outputs,
          convolution,
          proposals.get(JAVA_INT, at),
          proposals.get(JAVA_LONG, at + MEMORY));
    }
  }

  private static OptionalInt firstUsable(MemorySegment proposals, int count) {
    for (int i = 0; i < count; i++) {
      long at = SIZE * i;
      boolean usable =
          proposals.get(JAVA_INT, at + STATUS) == 0
              && proposals.get(JAVA_INT, at + DETERMINISM) == DETERMINISTIC
              && proposals.get(JAVA_LONG, at + MEMORY) <= MOST_WORKSPACE;
      if (usable) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }
}
