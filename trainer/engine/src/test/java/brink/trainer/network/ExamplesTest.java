package brink.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.data.Dataset;
import brink.trainer.data.Features;
import brink.trainer.data.Targets;
import brink.trainer.kernels.Kernels;
import brink.trainer.kernels.cpu.CpuKernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExamplesTest {
  private final Kernels kernels = new CpuKernels(1);

  @AfterEach
  void close() {
    kernels.close();
  }

  @Test
  void of_classes_makesOneHotTargets() {
    Targets classes = new Targets.Classes(new int[] {2, 0}, 3);

    Examples examples = Examples.of(kernels, new Dataset("two", new Counting(2, 2), classes));

    assertThat(examples.size()).isEqualTo(2);
    assertThat(examples.inputs().get()).containsExactly(0, 1, 2, 3);
    assertThat(examples.targets().get()).containsExactly(0, 0, 1, 1, 0, 0);
    assertThat(examples.classes()).isTrue();
  }

  @Test
  void of_values_makesOneColumn() {
    Targets values = new Targets.Values(new double[] {0.5, 1, 0});

    Examples examples = Examples.of(kernels, new Dataset("three", new Counting(3, 1), values));

    assertThat(examples.targets().columns()).isEqualTo(1);
    assertThat(examples.targets().get()).containsExactly(0.5, 1, 0);
    assertThat(examples.classes()).isFalse();
  }

  @Test
  void of_arrays_recognizesOneHotRows() {
    assertThat(classes(1, 0, 0, 1)).isTrue();
    assertThat(classes(1, 1, 0, 1)).isFalse();
    assertThat(classes(0, 0, 0, 1)).isFalse();
    assertThat(classes(0.5, 0.5, 0, 1)).isFalse();
  }

  private boolean classes(double... targets) {
    return Examples.of(kernels, 2, 1, new double[2], 2, targets).classes();
  }

  /** Rows that count on: 0, 1, 2, … */
  private record Counting(int rows, int columns) implements Features {
    @Override
    public void copyRow(int row, double[] into, int offset) {
      for (int j = 0; j < columns; j++) {
        into[offset + j] = row * columns + j;
      }
    }
  }
}
