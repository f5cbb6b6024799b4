package brink.trainer.random;

import java.util.Random;

/**
 * Random numbers for one purpose of one run. The same seed and purpose give the same bits on every
 * platform, since {@link Random} specifies its algorithm; another purpose gives unrelated numbers,
 * so that weights and data drawn with the same seed are independent.
 */
public final class RandomStream {
  // 2^64 divided by the golden ratio, and the finalizer of SplitMix64 (Steele, Lea, Flood 2014)
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private RandomStream() {}

  /**
   * A stream at its start.
   *
   * @param purpose any word, for example "weights"
   */
  public static Random of(String purpose, long seed) {
    return new Random(mix(seed + GOLDEN_GAMMA * purpose.hashCode()));
  }

  private static long mix(long bits) {
    long first = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    long second = (first ^ (first >>> 27)) * 0x94d049bb133111ebL;
    return second ^ (second >>> 31);
  }
}
