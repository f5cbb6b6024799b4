package brink.monitor.series;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimationTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @TempDir Path folder;

  @Test
  void of_oneSpikeInAMillionSteps_hasItAtItsPlace() {
    int spike = 654_321;
    StepTable table = table(1_000_000, step -> step == spike ? 1e6 : Math.sin(step / 1e4));

    Drawn drawn = draw(table, new Window(Axis.STEP, -INFINITE, INFINITE, 1_000, false));

    assertThat(drawn.x()).hasSizeLessThanOrEqualTo(1_000);
    int at = IntStream.range(0, drawn.x().length).filter(i -> drawn.y()[i] == 1e6).sum();
    assertThat(drawn.x()[at]).isEqualTo(spike);
    assertThat(drawn.raw()).isFalse();
    assertThat(drawn.count()).isEqualTo(1_000_000);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void of_anySeries_losesNoExtremeOfAnyBucketAndStaysInOrder(long seed) {
    Random random = new Random(seed);
    int size = 1 + random.nextInt(60_000);
    int every = 1 + random.nextInt(4);
    StepTable table = new StepTable(new ChunkFile(folder.resolve("random")));
    double[] ys = new double[size];
    long step = random.nextInt(3);
    double time = 0;
    for (int i = 0; i < size; i++) {
      table.row(step, time, time);
      ys[i] = i % every == 0 ? random.nextGaussian() * Math.exp(random.nextGaussian()) : Double.NaN;
      table.put("y", ys[i]);
      step += 1 + random.nextInt(3);
      time += random.nextBoolean() ? 0 : random.nextDouble();
    }
    Axis axis = List.of(Axis.STEP, Axis.FLOW_TIME, Axis.TIME).get(random.nextInt(3));
    NumberList x = table.axis(axis);
    double low = x.get(random.nextInt(size));
    double high = x.get(random.nextInt(size));
    Window window =
        new Window(
            axis,
            random.nextInt(3) == 0 ? -INFINITE : Math.min(low, high),
            random.nextInt(3) == 0 ? INFINITE : Math.max(low, high),
            10 + random.nextInt(2_000),
            random.nextBoolean());

    Drawn drawn = draw(table, window);

    int[] inside =
        IntStream.range(0, size)
            .filter(
                i -> Double.isFinite(ys[i]) && x.get(i) >= window.from() && x.get(i) <= window.to())
            .toArray();
    assertThat(drawn.count()).isEqualTo(inside.length);
    assertThat(drawn.x()).isSorted().hasSizeLessThanOrEqualTo(window.points() + 2);
    assertThat(drawn.raw()).isEqualTo(inside.length <= window.points());
    assertExtremesOfEveryGap(x, ys, inside, drawn, window);
  }

  // Between two points that are kept next to each other no value is beyond both of the extremes of
  // the buckets that they belong to: nothing that stands out can be hidden.
  private static void assertExtremesOfEveryGap(
      NumberList x, double[] ys, int[] inside, Drawn drawn, Window window) {
    double[] values = Arrays.stream(inside).mapToDouble(i -> ys[i]).toArray();
    if (values.length == 0) {
      return;
    }
    double[] kept =
        IntStream.range(0, drawn.x().length)
            .filter(i -> drawn.x()[i] >= window.from() && drawn.x()[i] <= window.to())
            .mapToDouble(i -> drawn.y()[i])
            .toArray();
    assertThat(Arrays.stream(kept).max()).isEqualTo(Arrays.stream(values).max());
    assertThat(Arrays.stream(kept).min()).isEqualTo(Arrays.stream(values).min());
    assertThat(kept[0]).isEqualTo(values[0]);
    assertThat(kept[kept.length - 1]).isEqualTo(values[values.length - 1]);
    if (drawn.raw() || window.logarithmic()) {
      return;
    }
    double first = x.get(inside[0]);
    int buckets = (window.points() - 2) / 2;
    double width = (x.get(inside[inside.length - 1]) - first) / buckets;
    for (int bucket = 1; bucket + 1 < buckets; bucket++) {
      double from = first + (bucket - 0.5) * width;
      double to = first + (bucket + 1.5) * width;
      double most =
          Arrays.stream(inside)
              .filter(i -> x.get(i) >= from + width / 2 && x.get(i) < to - width / 2)
              .mapToDouble(i -> ys[i])
              .max()
              .orElse(-INFINITE);
      double shown =
          IntStream.range(0, drawn.x().length)
              .filter(i -> drawn.x()[i] >= from && drawn.x()[i] < to)
              .mapToDouble(i -> drawn.y()[i])
              .max()
              .orElse(-INFINITE);
      assertThat(shown).isGreaterThanOrEqualTo(most);
    }
  }

  @Test
  void of_logarithmicWindow_spendsPointsOnTheFirstSteps() {
    StepTable table = table(100_000, step -> step);

    Drawn drawn = draw(table, new Window(Axis.STEP, -INFINITE, INFINITE, 200, true));

    assertThat(drawn.x()).startsWith(0, 1, 2, 3, 4);
    assertThat(drawn.x()[drawn.x().length - 1]).isEqualTo(99_999);
  }

  @Test
  void of_windowInside_hasItsNeighboursSoThatLinesReachTheEdges() {
    StepTable table = table(100, step -> step);

    Drawn drawn = draw(table, new Window(Axis.STEP, 10, 12, 50, false));

    assertThat(drawn.x()).containsExactly(9, 10, 11, 12, 13);
    assertThat(drawn.count()).isEqualTo(3);
    assertThat(drawn.raw()).isTrue();
  }

  private StepTable table(int size, IntToDoubleFunction value) {
    StepTable table = new StepTable(new ChunkFile(folder.resolve("made-up")));
    for (int step = 0; step < size; step++) {
      table.row(step, step * 1e-3, step);
      table.put("y", value.applyAsDouble(step));
    }
    return table;
  }

  private static Drawn draw(StepTable table, Window window) {
    Column column = table.column("y");
    return column == null
        ? new Drawn(new double[0], new double[0], true, 0, new double[0], new double[0])
        : Decimation.of(column, table.axis(window.axis()), window);
  }
}
