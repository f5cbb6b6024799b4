package brink.trainer.kernels;

import static brink.trainer.kernels.KernelsContract.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of tensors and vector operations. */
public interface VectorContract extends KernelsContract {
  @Test
  default void allocate_newTensor_isZero() {
    assertThat(kernels().allocate(3, 5).get()).hasSize(15).containsOnly(0);
  }

  @Test
  default void allocate_withoutEntries_isRejected() {
    assertThatIllegalArgumentException().isThrownBy(() -> kernels().allocate(0, 3));
    assertThatIllegalArgumentException().isThrownBy(() -> kernels().allocate(3, -1));
  }

  @Test
  default void set_ofOtherLength_isRejected() {
    Tensor x = kernels().allocate(2, 3);

    assertThatIllegalArgumentException().isThrownBy(() -> x.set(new double[5]));
  }

  @Test
  default void view_written_changesWhatItShowsOnly() {
    Tensor x = tensor(2, 3, 1, 2, 3, 4, 5, 6);
    Tensor window = x.view(2, 3, 1);

    window.set(new double[] {7, 8, 9});

    assertThat(x.get()).containsExactly(1, 2, 7, 8, 9, 6);
    assertThat(window.view(1, 1, 2).get()).containsExactly(8, 9);
  }

  @Test
  default void view_outOfBounds_isRejected() {
    Tensor x = kernels().allocate(2, 3);

    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> x.view(4, 1, 3));
    assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> x.view(-1, 1, 3));
  }

  @Test
  default void dot_intoScalars_yieldsEachNumberOnceAllAreQueued() {
    Tensor x = tensor(1, 2, 3, 4);
    Tensor y = tensor(1, 2, 5, 6);
    Scalar[] results = new Scalar[100]; // more than come back together
    for (int i = 0; i < results.length; i++) {
      results[i] = kernels().allocateScalar();
      kernels().dot(x, y, results[i]);
      kernels().scale(2, x);
    }

    for (int i = 0; i < results.length; i++) {
      assertThat(results[i].get()).isEqualTo(39 * Math.scalb(1.0, i));
    }
    kernels().dot(y, y, results[7]);
    assertThat(results[7].get()).isEqualTo(61);
    assertThat(results[8].get()).isEqualTo(39 * 256);
  }

  @Test
  default void recorded_dot_isReadAnewAfterEachTime() {
    Tensor x = tensor(1, 2, 3, 4);
    Scalar result = kernels().allocateScalar();
    Runnable work =
        kernels()
            .recorded(
                () -> {
                  kernels().scale(2, x);
                  kernels().dot(x, x, result);
                });

    for (int i = 1; i <= 4; i++) {
      work.run();
      assertThat(result.get()).isEqualTo(25 * Math.pow(4, i));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000})
  default void removeComponent_ofUnitVector_leavesWhatIsOrthogonal(int n) {
    double[] u = uniform(1, n);
    double norm = Math.sqrt(Arrays.stream(u).map(entry -> entry * entry).sum());
    Tensor unit = tensor(1, n, u);
    kernels().scale(1 / norm, unit);
    Tensor v = tensor(1, n, uniform(2, n));
    Tensor byHand = tensor(1, n, uniform(2, n));

    kernels().removeComponent(unit, v);

    kernels().axpy(-kernels().dot(unit, byHand), unit, byHand);
    assertThat(v.get()).containsExactly(byHand.get());
  }

  @Test
  default void download_ofVectorsThatAreOverwritten_takesWhatTheyWere() {
    Tensor x = tensor(1, 3, 1, 2, 3);
    Download download = kernels().allocateDownload(3);

    for (int i = 0; i < 3; i++) {
      download.begin(x);
      kernels().scale(2, x);
      double factor = Math.scalb(1.0, i);

      assertThat(CompletableFuture.supplyAsync(download::take).join())
          .containsExactly((float) factor, (float) (2 * factor), (float) (3 * factor));
    }
  }

  /** What was taken is in use while the next is begun, which is how steps are published. */
  @Test
  default void download_begunBeforeTheLastWasUsed_leavesWhatWasTaken() {
    Tensor x = tensor(1, 3, 1, 2, 3);
    Download download = kernels().allocateDownload(3);
    download.begin(x);
    float[] first = download.take();

    kernels().scale(2, x);
    download.begin(x);

    assertThat(first).containsExactly(1, 2, 3);
    assertThat(download.take()).containsExactly(2, 4, 6);
  }

  @Test
  default void get_intoFloats_roundsOnce() {
    Tensor x = tensor(1, 3, 1, 1.0 / 3, -1e-3);
    double[] entries = x.get();
    float[] floats = new float[3];

    x.get(floats);

    assertThat(floats).containsExactly((float) entries[0], (float) entries[1], (float) entries[2]);
    assertThatIllegalArgumentException().isThrownBy(() -> x.get(new float[2]));
  }

  @Test
  default void downloads_ofOtherLength_areRefused() {
    Download download = kernels().allocateDownload(3);
    Tensor x = kernels().allocate(1, 4);

    assertThatIllegalArgumentException().isThrownBy(() -> download.begin(x));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 127, 1000})
  default void dot_anyLength_equalsSum(int n) {
    double[] x = uniform(1, n);
    double[] y = uniform(2, n);
    double expected = 0;
    double absolute = 0;
    for (int i = 0; i < n; i++) {
      expected += x[i] * y[i];
      absolute += Math.abs(x[i] * y[i]);
    }

    assertClose(kernels().dot(tensor(1, n, x), tensor(1, n, y)), expected, 2 * n + 2, absolute);
  }

  @Test
  default void dot_repeated_hasTheSameBits() {
    Tensor x = tensor(1, 999, uniform(3, 999));
    Tensor y = tensor(1, 999, uniform(4, 999));

    assertThat(kernels().dot(x, y)).isEqualTo(kernels().dot(x, y));
  }

  @Test
  default void dot_withNaN_isNaN() {
    assertThat(kernels().dot(tensor(1, 2, 1, Double.NaN), tensor(1, 2, 1, 0))).isNaN();
  }

  @Test
  default void norm_threeFour_isFive() {
    assertThat(kernels().norm(tensor(2, 1, 3, 4))).isEqualTo(5);
  }

  @Test
  default void vectorOperations_ofOtherLength_areRejected() {
    Tensor x = kernels().allocate(1, 3);
    Tensor y = kernels().allocate(1, 4);

    assertThatIllegalArgumentException().isThrownBy(() -> kernels().dot(x, y));
    assertThatIllegalArgumentException().isThrownBy(() -> kernels().axpy(1, x, y));
    assertThatIllegalArgumentException().isThrownBy(() -> kernels().copy(x, y));
  }

  @Test
  default void axpyScaleCopy_onViews_changeTheViewOnly() {
    Tensor x = tensor(1, 5, 1, 2, 3, 4, 5);
    Tensor y = tensor(1, 5, 10, 20, 30, 40, 50);

    kernels().axpy(2, x.view(1, 1, 3), y.view(1, 1, 3));
    assertThat(y.get()).containsExactly(10, 24, 36, 48, 50);

    kernels().scale(-0.5, y.view(0, 1, 2));
    assertThat(y.get()).containsExactly(-5, -12, 36, 48, 50);

    kernels().copy(x.view(0, 1, 2), y.view(3, 1, 2));
    assertThat(y.get()).containsExactly(-5, -12, 36, 1, 2);
    assertThat(x.get()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  default void axpy_ontoItself_doubles() {
    Tensor x = tensor(1, 3, 1, 2, 3);

    kernels().axpy(1, x, x);

    assertThat(x.get()).containsExactly(2, 4, 6);
  }

  @Test
  default void gemm_everyTransposition_equalsDefinition() {
    int[][] shapes = {{1, 1, 1}, {1, 5, 3}, {4, 1, 3}, {4, 5, 1}, {17, 9, 33}};
    for (int[] shape : shapes) {
      for (int flags = 0; flags < 4; flags++) {
        checkProduct((flags & 1) != 0, (flags & 2) != 0, shape[0], shape[1], shape[2]);
      }
    }
  }

  private void checkProduct(boolean transposeA, boolean transposeB, int m, int n, int k) {
    double[] a = uniform(5, m * k);
    double[] b = uniform(6, k * n);
    double[] c = uniform(7, m * n);
    double[] expected = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum += a[transposeA ? p * m + i : i * k + p] * b[transposeB ? j * k + p : p * n + j];
        }
        expected[i * n + j] = 1.5 * sum - 0.5 * c[i * n + j];
      }
    }
    Tensor left = transposeA ? tensor(k, m, a) : tensor(m, k, a);
    Tensor right = transposeB ? tensor(n, k, b) : tensor(k, n, b);
    Tensor result = tensor(m, n, c);

    kernels().gemm(transposeA, transposeB, 1.5, left, right, -0.5, result);

    // |entry| ≤ 1.5·k + 0.5, and each of its k products is rounded at most k + 3 times
    double[] actual = result.get();
    for (int i = 0; i < actual.length; i++) {
      assertClose(actual[i], expected[i], 2 * (k + 3), 1.5 * k + 0.5);
    }
  }

  @Test
  default void gemm_betaZero_ignoresNaNInTarget() {
    Tensor c = tensor(1, 1, Double.NaN);

    kernels().gemm(false, false, 1, tensor(1, 2, 1, 2), tensor(2, 1, 3, 4), 0, c);

    assertThat(c.get()).containsExactly(11);
  }

  @Test
  default void gemm_onViews_readsAndWritesTheViewOnly() {
    Tensor flat = tensor(1, 7, 9, 1, 2, 3, 4, 9, 9);
    Tensor c = kernels().allocate(1, 6);

    kernels().gemm(false, false, 1, flat.view(1, 2, 2), tensor(2, 1, 1, 1), 0, c.view(2, 2, 1));

    assertThat(c.get()).containsExactly(0, 0, 3, 7, 0, 0);
  }

  @Test
  default void gemm_ofOtherShapes_isRejected() {
    Tensor a = kernels().allocate(2, 3);
    Tensor c = kernels().allocate(2, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels().gemm(false, false, 1, a, a, 0, c))
        .withMessageContaining("2×3 · 2×3");
  }

  @Test
  default void get_afterSet_roundsToPrecision() {
    double[] values = uniform(8, 10);

    double[] stored = tensor(2, 5, values).get();

    for (int i = 0; i < values.length; i++) {
      assertClose(stored[i], values[i], 1, 1);
    }
  }
}
