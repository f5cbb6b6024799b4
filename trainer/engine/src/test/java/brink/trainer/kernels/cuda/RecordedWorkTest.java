package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import brink.trainer.kernels.Tensor;
import brink.trainer.kernels.VectorMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecordedWorkTest {
  private final CudaKernels kernels =
      CudaKernels.open(Emulation.libraries(), 0, Arithmetic.FLOAT64);
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() {
    kernels.close();
    assertThat(Emulation.objects()).isZero();
  }

  private Tensor tensor(double... values) {
    Tensor tensor = kernels.allocate(1, values.length);
    tensor.set(values);
    return tensor;
  }

  @Test
  void recorded_manyTimes_runsOnTheHeapTwiceAndOnTheDeviceAlways() {
    Tensor x = tensor(1, 2);
    Tensor y = tensor(0, 0);
    Runnable work =
        kernels.recorded(
            () -> {
              runs.incrementAndGet();
              kernels.axpy(1, x, y);
            });

    for (int i = 0; i < 5; i++) {
      work.run();
    }

    assertThat(runs).hasValue(2);
    assertThat(y.get()).containsExactly(5, 10);
  }

  @Test
  void recordedMap_ofOtherVectors_readsAndWritesThose() {
    VectorMap doubled =
        kernels.recorded(
            2,
            (from, to) -> {
              runs.incrementAndGet();
              kernels.copy(from, to);
              kernels.scale(2, to);
            });

    for (int i = 1; i <= 4; i++) {
      Tensor from = tensor(i, -i);
      Tensor to = tensor(0, 0);
      doubled.apply(from, to);
      assertThat(to.get()).containsExactly(2.0 * i, -2.0 * i);
      assertThat(from.get()).containsExactly(i, -i);
    }

    assertThat(runs).hasValue(2);
  }

  @Test
  void recorded_workThatReadsNumbers_runsAsItIs() {
    Tensor x = tensor(1, 2);
    Runnable work = kernels.recorded(() -> runs.addAndGet((int) kernels.dot(x, x)));

    for (int i = 0; i < 4; i++) {
      work.run();
    }

    assertThat(runs).hasValue(20);
  }

  @Test
  void recorded_workThatSetsNumbers_runsAsItIs() {
    Tensor x = tensor(1, 2);
    Runnable work = kernels.recorded(() -> x.set(new double[] {runs.incrementAndGet(), 0}));

    for (int i = 0; i < 4; i++) {
      work.run();
      assertThat(x.get()).containsExactly(runs.get(), 0);
    }

    assertThat(runs).hasValue(5);
  }

  @Test
  void recorded_workThatFails_failsEachTime() {
    Tensor x = tensor(1, 2);
    AtomicInteger good = new AtomicInteger(1);
    Runnable work =
        kernels.recorded(
            () -> {
              kernels.scale(2, x);
              if (good.getAndDecrement() <= 0) {
                throw new IllegalStateException("no");
              }
            });
    work.run();

    assertThatIllegalStateException().isThrownBy(work::run);
    assertThatIllegalStateException().isThrownBy(work::run);
    assertThat(x.get()).containsExactly(2, 4);
  }
}
