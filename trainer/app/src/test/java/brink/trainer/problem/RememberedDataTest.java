package brink.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import brink.trainer.data.DataException;
import brink.trainer.data.DataOptions;
import brink.trainer.data.DataSource;
import brink.trainer.data.Split;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RememberedDataTest {
  private static final String SOURCE = "synthetic:regression?n=10&d=3&noise=1&test=5";

  private final AtomicInteger reads = new AtomicInteger();
  private final RememberedData data =
      new RememberedData(
          (source, options) -> {
            var _ = reads.incrementAndGet();
            return DataSource.parse(source).load(options);
          });

  @Test
  void read_ofTheSameData_isOneReadingForAllThreads() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<Split>> splits =
          IntStream.range(0, 8)
              .mapToObj(_ -> threads.submit(() -> data.read(SOURCE, DataOptions.DEFAULT)))
              .toList();
      Split first = splits.getFirst().get();
      for (Future<Split> split : splits) {
        assertThat(split.get()).isSameAs(first);
      }
    }
    assertThat(reads).hasValue(1);
  }

  @Test
  void read_withAnotherSeed_isAnotherReading() {
    Split one = data.read(SOURCE, DataOptions.DEFAULT.withSeed(1));
    Split two = data.read(SOURCE, DataOptions.DEFAULT.withSeed(2));
    assertThat(one.train().size()).isEqualTo(two.train().size());
    assertThat(reads).hasValue(2);
  }

  @Test
  void read_failure_isNotRemembered() {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> data.read("csv:/no/such.csv", DataOptions.DEFAULT))
          .isInstanceOf(DataException.class);
    }
    assertThat(reads).hasValue(2);
  }
}
