package brink.trainer.kernels.cuda;

/**
 * Blocks and threads of a kernel's launch. They depend on shapes only, never on the device, so that
 * the order of every sum is the same on all devices.
 */
record Grid(int x, int y, int blockX, int blockY) {
  /** BLOCK in fold.cuh. */
  private static final int BLOCK = 256;

  private static final int WARP = 32;

  // Eight blocks for each of 128 multiprocessors: enough on all devices so far.
  private static final int MANY = 1024;

  // The driver's limit along y.
  private static final int MOST_Y = 65_535;

  // What a thread works on at least, where there is enough.
  private static final int ENTRIES_OF_THREAD = 4;

  /** One thread for a few entries each. */
  static Grid entries(long n) {
    long blocks = Math.ceilDiv(n, BLOCK * ENTRIES_OF_THREAD);
    return new Grid((int) Math.min(blocks, 8L * MANY), 1, BLOCK, 1);
  }

  /** One thread for each of some numbers. */
  static Grid each(int n) {
    return new Grid(Math.ceilDiv(n, BLOCK), 1, BLOCK, 1);
  }

  /** Blocks that each make one partial sum over some of n entries. */
  static Grid sums(long n) {
    long blocks = Math.clamp(Math.ceilDiv(n, (long) BLOCK * ENTRIES_OF_THREAD), 1, MANY);
    return new Grid((int) blocks, 1, 1, threads(n));
  }

  /** One block that adds up n numbers. */
  static Grid sum(int n) {
    return new Grid(1, 1, 1, threads(n));
  }

  /** A block for each of some sets of n entries. */
  static Grid sets(long sets, long n) {
    return new Grid(Math.toIntExact(sets), 1, 1, threads(Math.ceilDiv(n, ENTRIES_OF_THREAD)));
  }

  /** Blocks of some columns that each take some rows, blockIdx.y counting the latter. */
  static Grid columns(long rows, int columns) {
    int width = Math.min(WARP, powerOfTwoFrom(columns));
    int height = Math.min(BLOCK / width, powerOfTwoFrom(rows));
    int tiles = Math.ceilDiv(columns, width);
    long useful = Math.ceilDiv(rows, (long) height * ENTRIES_OF_THREAD);
    long chunks = Math.min(useful, Math.max(1, MANY / tiles));
    return new Grid(tiles, (int) chunks, width, height);
  }

  /** Adds up chunks for each of some numbers. */
  static Grid chunks(int chunks, int numbers) {
    int width = Math.min(WARP, powerOfTwoFrom(numbers));
    int height = Math.min(BLOCK / width, powerOfTwoFrom(chunks));
    return new Grid(Math.ceilDiv(numbers, width), 1, width, height);
  }

  /** A thread for each entry of an image, which takes some of the images. */
  static Grid images(int entries, int images) {
    return new Grid(Math.ceilDiv(entries, BLOCK), Math.min(images, MOST_Y), BLOCK, 1);
  }

  /** Some threads along the entries of each of some rows. */
  static Grid rows(int entries, int rows) {
    int width = Math.clamp(powerOfTwoFrom(entries), WARP, BLOCK);
    return new Grid(Math.ceilDiv(entries, width), Math.min(rows, MOST_Y), width, 1);
  }

  private static int threads(long n) {
    return Math.min(BLOCK, powerOfTwoFrom(n));
  }

  /** The smallest power of two that is at least n, or some large one. */
  private static int powerOfTwoFrom(long n) {
    long capped = Math.min(n, 1 << 16);
    return capped <= 1 ? 1 : (int) Long.highestOneBit(capped - 1) << 1;
  }
}
