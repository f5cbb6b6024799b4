package brink.bench.statistics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

/**
 * Times several contenders in turn, A B C A B C …, so that whatever else the machine does falls on
 * all of them, and compares them round by round.
 *
 * @param <K> names of the contenders
 */
public final class Interleaved<K> {
  private static final double NANOS = 1e-9;

  private final LongSupplier nanoTime;
  private Runnable settle = () -> {};
  private final Map<K, Runnable> contenders = new LinkedHashMap<>();

  /**
   * @param nanoTime for example {@code System::nanoTime}
   */
  public Interleaved(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Adds a contender; they run in the order in which they were added. */
  public Interleaved<K> with(K name, Runnable work) {
    contenders.put(name, work);
    return this;
  }

  /**
   * Has something happen before every contender's turn, outside of its time.
   *
   * @param pause for example waits until threads of the contender before are at rest
   */
  public Interleaved<K> settledBy(Runnable pause) {
    settle = pause;
    return this;
  }

  /**
   * Runs all contenders in turn.
   *
   * @param warmups rounds that do not count, for compilers and caches
   * @param rounds that count, at least 1
   * @param progress told the number of every round before it starts, from 1
   */
  public Times<K> measure(int warmups, int rounds, IntConsumer progress) {
    Map<K, List<Double>> seconds = new LinkedHashMap<>();
    for (int round = 1; round <= warmups + rounds; round++) {
      progress.accept(round);
      for (Map.Entry<K, Runnable> contender : contenders.entrySet()) {
        settle.run();
        double taken = seconds(contender.getValue());
        if (round > warmups) {
          seconds.computeIfAbsent(contender.getKey(), _ -> new ArrayList<>()).add(taken);
        }
      }
    }
    return new Times<>(seconds);
  }

  private double seconds(Runnable work) {
    long begin = nanoTime.getAsLong();
    work.run();
    return (nanoTime.getAsLong() - begin) * NANOS;
  }
}
