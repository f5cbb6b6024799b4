package brink.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** What every reader owes to whatever bytes it is given. */
final class Fuzzed {
  /** Buffers, and what a first call loads. */
  private static final long ALWAYS = 16 << 20;

  private static final DataOptions RAW = DataOptions.DEFAULT.withStandardize(false);

  private Fuzzed() {}

  /**
   * Reads a source: it has to give usable numbers or an error of one line, and to take no more
   * memory, in sum, than some times the bytes of its files.
   *
   * @param most bytes that may be taken for each byte of the files
   */
  static void read(String source, long bytes, long most) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    try {
      Split split = DataSource.parse(source).load(RAW);
      requireUsable(split.train());
      if (split.test() != null) {
        requireUsable(split.test());
      }
      assertThat(split.description().line().lines()).hasSize(1);
    } catch (DataException e) {
      assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(ALWAYS + most * bytes);
  }

  private static void requireUsable(Dataset data) {
    double[] row = new double[data.dimension()];
    for (int i = 0; i < data.size(); i++) {
      data.features().copyRow(i, row, 0);
      assertThat(Arrays.stream(row).allMatch(Double::isFinite)).isTrue();
    }
    switch (data.targets()) {
      case Targets.Classes(int[] labels, int count) ->
          assertThat(Arrays.stream(labels).allMatch(label -> label >= 0 && label < count)).isTrue();
      case Targets.Values(double[] values) ->
          assertThat(Arrays.stream(values).allMatch(Double::isFinite)).isTrue();
    }
  }
}
