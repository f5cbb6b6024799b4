package brink.trainer.kernels.cpu;

import org.jspecify.annotations.Nullable;

/**
 * Some adjacent rows of a matrix, swept in tiles of whole rows that fit the first-level cache.
 * Numbers of columns are repeated to the length of a tile, so that every inner loop is flat.
 */
final class RowBlock {
  // The up to sixteen arrays of this many doubles that a pass works on fit into 32 KiB.
  private static final int TILE = 256;

  private final @Nullable Team team;
  private final ThreadScratch scratch;
  private final long start;
  private final int rows;
  private final int columns;
  private final int tileRows;

  /** What is done with one tile. */
  @FunctionalInterface
  interface Body {
    /**
     * Works on the entries at … at + count − 1.
     *
     * @param scratch of the thread
     */
    void run(long at, int count, ThreadScratch scratch);
  }

  private RowBlock(@Nullable Team team, ThreadScratch scratch, long start, int rows, int columns) {
    this.team = team;
    this.scratch = scratch;
    this.start = start;
    this.rows = rows;
    this.columns = columns;
    tileRows = Math.clamp(TILE / columns, 1, rows);
  }

  /** All rows of a matrix, for a team. */
  static RowBlock of(Team team, int rows, int columns) {
    return new RowBlock(team, team.scratch(), 0, rows, columns);
  }

  /**
   * Rows for one thread.
   *
   * @param start index of the first entry
   */
  static RowBlock of(ThreadScratch scratch, long start, int rows, int columns) {
    return new RowBlock(null, scratch, start, rows, columns);
  }

  /** Index of the first entry. */
  long start() {
    return start;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** Entries of a tile; the last one may have fewer. */
  int tile() {
    return tileRows * columns;
  }

  /** Repeats numbers of columns to the length of a tile; the same array for the same i. */
  double[] repeated(int i, double[] perColumn) {
    return scratch.repeated(i, perColumn, tile());
  }

  /** Visits all tiles. */
  void each(Body body) {
    sweep(0, body);
  }

  /**
   * Visits all tiles, which add to the thread's {@link ThreadScratch#summed sums}.
   *
   * @return sums over the rows: kinds×columns
   */
  double[][] columnSums(int kinds, Body body) {
    int parts = sweep(kinds, body);
    double[][] total = new double[kinds][columns];
    for (int part = 0; part < parts; part++) {
      ThreadScratch worker = team == null ? scratch : team.scratch(part);
      for (int kind = 0; kind < kinds; kind++) {
        fold(worker.summed(kind), total[kind]);
      }
    }
    return total;
  }

  private void fold(double[] tiled, double[] total) {
    for (int i = 0; i < tile(); i += columns) {
      for (int j = 0; j < columns; j++) {
        total[j] += tiled[i + j];
      }
    }
  }

  private int sweep(int kinds, Body body) {
    int tiles = Math.ceilDiv(rows, tileRows);
    if (team == null) {
      sweep(kinds, body, 0, tiles, scratch);
      return 1;
    }
    int parts = team.parts(tiles, tile());
    team.run(parts, tiles, (_, from, to, worker) -> sweep(kinds, body, from, to, worker));
    return parts;
  }

  private void sweep(int kinds, Body body, long from, long to, ThreadScratch worker) {
    for (int kind = 0; kind < kinds; kind++) {
      worker.sums(kind, tile());
    }
    for (long tile = from; tile < to; tile++) {
      int count = (int) Math.min(tileRows, rows - tile * tileRows) * columns;
      body.run(start + tile * tile(), count, worker);
    }
  }
}
