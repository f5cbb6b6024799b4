package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Convolutions as matrix products: the patches of some output positions, as the rows of a matrix
 * that fits the second-level cache, times the filters. Each thread takes whole examples.
 */
final class CpuConvolution {
  /** Half of a common second-level cache; the rest is for the filters. */
  private static final int BLOCK_BYTES = 1 << 18;

  private final Team team;
  private final MatrixProduct product;
  private final Arena arena;
  private final Convolution shape;
  private final Precision precision;
  private final Patches patches;
  private final int examples;
  private final int positions;
  private final int blockPositions;

  CpuConvolution(
      Team team,
      MatrixProduct product,
      Arena arena,
      Convolution shape,
      CpuTensor input,
      CpuTensor output) {
    this.team = team;
    this.product = product;
    this.arena = arena;
    this.shape = shape;
    precision = input.precision();
    patches = new Patches(shape, precision.bytes());
    positions = shape.outputHeight() * shape.outputWidth();
    long image = (long) shape.height() * shape.width() * shape.channels();
    examples = Math.toIntExact(input.length() / image);
    if (input.length() != examples * image
        || output.length() != (long) examples * positions * shape.filters()) {
      throw new IllegalArgumentException(
          "cannot convolve " + input + " into " + output + " by " + shape);
    }
    int patchBytes = shape.patch() * precision.bytes();
    blockPositions = Math.max(8, BLOCK_BYTES / patchBytes);
  }

  /** What is done with some output positions of a thread's examples. */
  @FunctionalInterface
  private interface Block {
    /**
     * Works on positions first … first + count − 1.
     *
     * @param patches room for count rows of a patch each
     * @param begun whether the part has done a block before
     */
    void run(int part, long first, int count, MemorySegment patches, boolean begun);
  }

  /** Visits all output positions, and returns the number of parts. */
  private int each(Block block) {
    int parts = team.parts(examples, (long) positions * shape.patch());
    team.run(
        parts,
        examples,
        (part, from, to, scratch) -> {
          long bytes = (long) blockPositions * shape.patch() * precision.bytes();
          MemorySegment room = scratch.memory(0, arena, bytes);
          long end = to * positions;
          for (long first = from * positions; first < end; first += blockPositions) {
            int count = (int) Math.min(blockPositions, end - first);
            block.run(part, first, count, room, first > from * positions);
          }
        });
    return parts;
  }

  void forward(CpuTensor weights, CpuTensor input, double beta, CpuTensor output) {
    int filters = shape.filters();
    int patch = shape.patch();
    each(
        (_, first, count, room, _) -> {
          patches.gather(input.segment(), first, count, room);
          product.multiply(
              precision,
              false,
              true,
              count,
              filters,
              patch,
              1,
              room,
              patch,
              weights.segment(),
              patch,
              beta,
              output.from(first * filters),
              filters);
        });
  }

  void weightAdjoint(
      CpuTensor input, CpuTensor outputAdjoint, double beta, CpuTensor weightAdjoint) {
    int filters = shape.filters();
    int patch = shape.patch();
    int parts =
        each(
            (part, first, count, room, begun) -> {
              patches.gather(input.segment(), first, count, room);
              product.multiply(
                  precision,
                  true,
                  false,
                  filters,
                  patch,
                  count,
                  1,
                  outputAdjoint.from(first * filters),
                  filters,
                  room,
                  patch,
                  begun ? 1 : 0,
                  sum(part, weightAdjoint).segment(),
                  patch);
            });
    if (beta == 0) {
      weightAdjoint.segment().copyFrom(sum(0, weightAdjoint).segment());
    } else {
      Vectors.scale(team, beta, weightAdjoint);
      Vectors.axpy(team, 1, sum(0, weightAdjoint), weightAdjoint);
    }
    for (int part = 1; part < parts; part++) {
      Vectors.axpy(team, 1, sum(part, weightAdjoint), weightAdjoint);
    }
  }

  /** A part's own sum over its examples, in memory of its thread. */
  private CpuTensor sum(int part, CpuTensor like) {
    MemorySegment memory = team.scratch(part).memory(1, arena, like.segment().byteSize());
    return new CpuTensor(
        precision, memory.asSlice(0, like.segment().byteSize()), like.rows(), like.columns());
  }

  void inputAdjoint(
      CpuTensor weights, CpuTensor outputAdjoint, double beta, CpuTensor inputAdjoint) {
    if (beta == 0) {
      inputAdjoint.segment().fill((byte) 0);
    } else if (beta != 1) {
      Vectors.scale(team, beta, inputAdjoint);
    }
    int filters = shape.filters();
    int patch = shape.patch();
    each(
        (part, first, count, room, _) -> {
          product.multiply(
              precision,
              false,
              false,
              count,
              patch,
              filters,
              1,
              outputAdjoint.from(first * filters),
              filters,
              weights.segment(),
              patch,
              0,
              room,
              patch);
          patches.scatter(room, first, count, inputAdjoint, team.scratch(part));
        });
  }
}
