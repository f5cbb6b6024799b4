package brink.trainer.sweep;

import org.jspecify.annotations.Nullable;

/**
 * How the runs of a sweep share a machine.
 *
 * @param parallel runs at once
 * @param threads of each run on the processor
 */
public record ThreadShare(int parallel, int threads) {
  /**
   * What was asked for, and what follows from it: as many runs at once as there are processors for
   * their threads, each with one where nothing is asked for, since small networks gain most by
   * that; on a GPU one run after the other.
   *
   * @param parallel runs at once, positive; null for what the machine allows
   * @param threads of each run, positive; null for an equal share
   * @param processors of the machine
   * @param runs of the sweep, at least one
   */
  public static ThreadShare of(
      @Nullable Integer parallel,
      @Nullable Integer threads,
      int processors,
      int runs,
      boolean onGpu) {
    if (parallel != null) {
      int atOnce = Math.min(parallel, runs);
      return new ThreadShare(atOnce, threads == null ? share(processors, atOnce) : threads);
    }
    int most = onGpu ? 1 : share(processors, threads == null ? 1 : threads);
    int atOnce = Math.min(most, runs);
    return new ThreadShare(atOnce, threads == null ? share(processors, atOnce) : threads);
  }

  private static int share(int processors, int of) {
    return Math.max(1, processors / of);
  }
}
