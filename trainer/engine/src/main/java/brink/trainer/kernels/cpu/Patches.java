package brink.trainer.kernels.cpu;

import brink.trainer.kernels.Convolution;
import java.lang.foreign.MemorySegment;

/**
 * What a convolution's kernel sees at some adjacent output positions, copied into a room as the
 * factor of one matrix product or of several, whose results are added. Piece i of the factor has
 * {@link #width} columns, which belong to the columns i·width … of the filters.
 */
interface Patches {
  /** The fastest way for a shape. */
  static Patches of(Convolution shape, int bytes) {
    return RowPatches.suit(shape) ? new RowPatches(shape, bytes) : new WholePatches(shape, bytes);
  }

  /** Largest number of positions that the room holds; a block starts at a multiple of it. */
  int blockPositions();

  /** Bytes of the room. */
  long roomBytes();

  /** Number of products. */
  int pieces();

  /** Columns of a piece. */
  int width();

  /** Byte offset of a piece in the room. */
  long offset(int piece);

  /**
   * Copies the patches of positions first … first + count − 1, with zeros for what lies outside of
   * the image.
   */
  void gather(MemorySegment images, long first, int count, MemorySegment room);
}
