package brink.monitor.series;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BucketMeansTest {
  private static final Window ALL =
      new Window(Axis.STEP, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, 1_000, false);

  @TempDir Path folder;

  @Test
  void of_alternatingSeriesWithOneThrow_areItsMeansAndNotTheMiddlesOfExtremes() {
    Drawn drawn = draw(200_000, step -> step == 150_000 ? 1e3 : step % 2 == 0 ? 1.5 : 0.5);
    assertThat(drawn.raw()).isFalse();
    assertThat(drawn.meanX()).isSorted().hasSameSizeAs(drawn.meanY());
    // 400 steps in a bucket: the throw moves its mean by 2.5, its middle would be at 500.
    assertThat(Arrays.stream(drawn.meanY()).boxed())
        .allSatisfy(mean -> assertThat(mean).isBetween(0.99, 3.6));
    assertThat(drawn.meanY()[0]).isCloseTo(1, within(0.01));
  }

  @Test
  void of_rawSeries_areEmpty() {
    Drawn drawn = draw(1_000, step -> step);
    assertThat(drawn.raw()).isTrue();
    assertThat(drawn.meanX()).isEmpty();
  }

  private interface Value {
    double at(int step);
  }

  private Drawn draw(int steps, Value value) {
    StepTable table = new StepTable(new ChunkFile(folder.resolve("means")));
    for (int step = 0; step < steps; step++) {
      table.row(step, step, step);
      table.put("y", value.at(step));
    }
    Column column = Objects.requireNonNull(table.column("y"));
    return Decimation.of(column, table.axis(ALL.axis()), ALL);
  }
}
