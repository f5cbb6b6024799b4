package brink.trainer.kernels.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A fixed number of threads, the caller's among them, that share loops. How a loop is cut depends
 * on its length and the number of threads only, so that sums repeat bit for bit.
 */
final class Team implements AutoCloseable {
  // Waking a thread costs some 20 µs, in which one thread does some ten thousand entries.
  private static final long SMALLEST_SHARE = 16_384;

  private final List<ThreadScratch> scratch = new ArrayList<>();
  private final ExecutorService others;

  /** One part of a loop. */
  @FunctionalInterface
  interface Part {
    /** Does the indices from … to − 1. */
    void run(int part, long from, long to, ThreadScratch scratch);
  }

  Team(int threads) {
    for (int i = 0; i < threads; i++) {
      scratch.add(new ThreadScratch());
    }
    others =
        Executors.newFixedThreadPool(
            Math.max(1, threads - 1),
            Thread.ofPlatform().daemon().name("brink-kernels-", 1).factory());
  }

  int threads() {
    return scratch.size();
  }

  /** Working memory of the thread that does a part, while no loop runs. */
  ThreadScratch scratch(int part) {
    return scratch.get(part);
  }

  /** Working memory of the caller's thread, while no loop runs. */
  ThreadScratch scratch() {
    return scratch.getFirst();
  }

  /**
   * In how many parts a loop is cut.
   *
   * @param count of indices
   * @param work entries behind one index
   */
  int parts(long count, long work) {
    long worthwhile = Math.max(1, count * work / SMALLEST_SHARE);
    return (int) Math.min(Math.min(count, worthwhile), threads());
  }

  /** Runs a loop over 0 … count − 1 in a number of parts and waits for all. */
  void run(int parts, long count, Part part) {
    if (parts == 1) {
      part.run(0, 0, count, scratch.getFirst());
      return;
    }
    List<Future<?>> running = new ArrayList<>(parts - 1);
    for (int i = 1; i < parts; i++) {
      int number = i;
      running.add(
          others.submit(
              () ->
                  part.run(
                      number,
                      count * number / parts,
                      count * (number + 1) / parts,
                      scratch.get(number))));
    }
    try {
      part.run(0, 0, count / parts, scratch.getFirst());
    } finally {
      running.forEach(Team::await);
    }
  }

  private static void await(Future<?> future) {
    boolean interrupted = false;
    while (true) {
      try {
        future.get();
        break;
      } catch (InterruptedException e) {
        interrupted = true; // the memory that the part works on must outlive it
      } catch (ExecutionException e) {
        throw unwrapped(e);
      } catch (CancellationException e) {
        throw new IllegalStateException("the kernels were closed while they worked", e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static RuntimeException unwrapped(ExecutionException failure) {
    return switch (failure.getCause()) {
      case RuntimeException runtime -> runtime;
      case Error error -> throw error;
      case null, default -> new IllegalStateException("a part of a loop failed", failure);
    };
  }

  @Override
  public void close() {
    others.shutdown();
  }
}
