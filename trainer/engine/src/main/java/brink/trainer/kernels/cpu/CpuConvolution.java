package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Convolutions as matrix products of {@link Patches} and filters, for some positions at a time, so
 * that the patches stay in the second-level cache. Each thread takes whole examples.
 */
final class CpuConvolution {
  private final Team team;
  private final MatrixProduct product;
  private final Arena arena;
  private final Convolution shape;
  private final Precision precision;
  private final int examples;
  private final int positions;

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
    positions = shape.outputHeight() * shape.outputWidth();
    long image = (long) shape.height() * shape.width() * shape.channels();
    examples = Math.toIntExact(input.length() / image);
    if (input.length() != examples * image
        || output.length() != (long) examples * positions * shape.filters()) {
      throw new IllegalArgumentException(
          "cannot convolve " + input + " into " + output + " by " + shape);
    }
  }

  /** What is done with some output positions of a thread's examples. */
  @FunctionalInterface
  private interface Block {
    /**
     * Works on positions first … first + count − 1.
     *
     * @param room for patches
     * @param begun whether the part has done a block before
     */
    void run(int part, long first, int count, MemorySegment room, boolean begun);
  }

  /** Visits all output positions, and returns the number of parts. */
  private int each(Patches patches, Block block) {
    int parts = team.parts(examples, (long) positions * shape.patch());
    int size = patches.blockPositions();
    team.run(
        parts,
        examples,
        (part, from, to, scratch) -> {
          MemorySegment room = scratch.memory(0, arena, patches.roomBytes());
          long end = to * positions;
          for (long first = from * positions; first < end; first += size) {
            int count = (int) Math.min(size, end - first);
            block.run(part, first, count, room, first > from * positions);
          }
        });
    return parts;
  }

  void forward(CpuTensor weights, CpuTensor input, double beta, CpuTensor output) {
    multiply(true, weights.segment(), input, beta, output);
  }

  /**
   * output ← patches·op(filters) + beta·output.
   *
   * @param filters filters×patch if transposed, else patch×filters
   */
  private void multiply(
      boolean transposed, MemorySegment filters, CpuTensor input, double beta, CpuTensor output) {
    Patches patches = Patches.of(shape, precision.bytes());
    int width = patches.width();
    long pieceBytes = (long) width * precision.bytes() * (transposed ? 1 : shape.filters());
    each(
        patches,
        (_, first, count, room, _) -> {
          patches.gather(input.segment(), first, count, room);
          for (int piece = 0; piece < patches.pieces(); piece++) {
            product.multiply(
                precision,
                false,
                transposed,
                count,
                shape.filters(),
                width,
                1,
                room.asSlice(patches.offset(piece)),
                width,
                filters.asSlice(piece * pieceBytes),
                transposed ? shape.patch() : shape.filters(),
                piece == 0 ? beta : 1,
                output.from(first * shape.filters()),
                shape.filters());
          }
        });
  }

  void weightAdjoint(
      CpuTensor input, CpuTensor outputAdjoint, double beta, CpuTensor weightAdjoint) {
    Patches patches = Patches.of(shape, precision.bytes());
    int width = patches.width();
    int parts =
        each(
            patches,
            (part, first, count, room, begun) -> {
              patches.gather(input.segment(), first, count, room);
              CpuTensor sum = sum(part, weightAdjoint);
              for (int piece = 0; piece < patches.pieces(); piece++) {
                product.multiply(
                    precision,
                    true,
                    false,
                    shape.filters(),
                    width,
                    count,
                    1,
                    outputAdjoint.from(first * shape.filters()),
                    shape.filters(),
                    room.asSlice(patches.offset(piece)),
                    width,
                    begun ? 1 : 0,
                    sum.from((long) piece * width),
                    shape.patch());
              }
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
    long bytes = like.segment().byteSize();
    MemorySegment memory = team.scratch(part).memory(1, arena, bytes);
    return new CpuTensor(precision, memory.asSlice(0, bytes), like.rows(), like.columns());
  }

  void inputAdjoint(
      CpuTensor weights, CpuTensor outputAdjoint, double beta, CpuTensor inputAdjoint) {
    if (shape.stride() == 1) {
      gatherInputAdjoint(weights, outputAdjoint, beta, inputAdjoint);
    } else {
      scatterInputAdjoint(weights, outputAdjoint, beta, inputAdjoint);
    }
  }

  /** The transpose of a convolution of stride 1 is a convolution with the filters turned round. */
  private void gatherInputAdjoint(
      CpuTensor weights, CpuTensor outputAdjoint, double beta, CpuTensor inputAdjoint) {
    Convolution transpose =
        new Convolution(
            shape.outputHeight(),
            shape.outputWidth(),
            /* channels= */ shape.filters(),
            /* filters= */ shape.channels(),
            shape.kernel(),
            1,
            shape.kernel() - 1 - shape.padding());
    MemorySegment turned = team.scratch().memory(1, arena, weights.segment().byteSize());
    turn(weights.segment(), turned);
    new CpuConvolution(team, product, arena, transpose, outputAdjoint, inputAdjoint)
        .multiply(false, turned, outputAdjoint, beta, inputAdjoint);
  }

  /** From filters×(taps·channels) to (taps·filters)×channels, with the taps in reverse order. */
  private void turn(MemorySegment weights, MemorySegment turned) {
    int taps = shape.kernel() * shape.kernel();
    long bytes = (long) shape.channels() * precision.bytes();
    for (int tap = 0; tap < taps; tap++) {
      for (long filter = 0; filter < shape.filters(); filter++) {
        long from = (filter * taps + tap) * bytes;
        long to = ((taps - 1L - tap) * shape.filters() + filter) * bytes;
        MemorySegment.copy(weights, from, turned, to, bytes);
      }
    }
  }

  private void scatterInputAdjoint(
      CpuTensor weights, CpuTensor outputAdjoint, double beta, CpuTensor inputAdjoint) {
    if (beta == 0) {
      inputAdjoint.segment().fill((byte) 0);
    } else if (beta != 1) {
      Vectors.scale(team, beta, inputAdjoint);
    }
    WholePatches patches = new WholePatches(shape, precision.bytes());
    each(
        patches,
        (part, first, count, room, _) -> {
          product.multiply(
              precision,
              false,
              false,
              count,
              shape.patch(),
              shape.filters(),
              1,
              outputAdjoint.from(first * shape.filters()),
              shape.filters(),
              weights.segment(),
              shape.patch(),
              0,
              room,
              shape.patch());
          patches.scatter(room, first, count, inputAdjoint, team.scratch(part));
        });
  }
}
