package brink.trainer.kernels;

import static brink.trainer.kernels.KernelsContract.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract of largest-entry and average pooling, against their definitions. */
public interface PoolingContract extends KernelsContract {
  /** Windows that tile, leave a rest, overlap, or cover the image. */
  static Stream<Pooling> poolings() {
    return Stream.of(
        new Pooling(4, 6, 3, 2, 2, 2),
        new Pooling(5, 5, 2, 2, 2, 2),
        new Pooling(5, 4, 2, 3, 3, 1),
        new Pooling(3, 5, 1, 1, 2, 3),
        Pooling.global(4, 3, 5));
  }

  @ParameterizedTest
  @MethodSource("poolings")
  default void maxPool_anyShape_equalsDefinition(Pooling shape) {
    Images images = new Images(this, shape, 3);
    Tensor chosen = kernels().allocate(images.outputs, shape.channels());
    Tensor output = kernels().allocate(images.outputs, shape.channels());
    Tensor again = kernels().allocate(images.outputs, shape.channels());

    kernels().maxPool(shape, images.input, chosen, output);
    kernels().poolChosen(shape, chosen, images.input, again);

    double[] x = images.input.get();
    double[] expected = new double[images.outputs * shape.channels()];
    Arrays.fill(expected, Double.NEGATIVE_INFINITY);
    images.each((in, out) -> expected[out] = Math.max(expected[out], x[in]));
    assertThat(output.get()).containsExactly(expected);
    assertThat(again.get()).containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource("poolings")
  default void averagePool_anyShape_equalsDefinition(Pooling shape) {
    Images images = new Images(this, shape, 3);
    Tensor output = kernels().allocate(images.outputs, shape.channels());

    kernels().averagePool(shape, images.input, output);

    double[] x = images.input.get();
    int places = shape.windowHeight() * shape.windowWidth();
    double[] expected = new double[images.outputs * shape.channels()];
    images.each((in, out) -> expected[out] += x[in] / places);
    assertClose(output.get(), expected, places + 2);
  }

  @ParameterizedTest
  @MethodSource("poolings")
  default void unpooling_anyShape_isTheTranspose(Pooling shape) {
    Images images = new Images(this, shape, 3);
    Tensor chosen = kernels().allocate(images.outputs, shape.channels());
    Tensor pooled = kernels().allocate(images.outputs, shape.channels());
    Tensor direction = tensor(images.input.rows(), shape.channels(), uniform(6, images.length()));
    Tensor adjoint =
        tensor(images.outputs, shape.channels(), uniform(7, images.outputs * shape.channels()));
    Tensor back = tensor(images.input.rows(), shape.channels(), uniform(8, images.length()));

    kernels().maxPool(shape, images.input, chosen, pooled);
    kernels().poolChosen(shape, chosen, direction, pooled);
    kernels().unpoolChosen(shape, chosen, adjoint, back);
    assertClose(
        kernels().dot(direction, back),
        kernels().dot(pooled, adjoint),
        4 * images.length(),
        images.length());

    kernels().averagePool(shape, direction, pooled);
    kernels().averageUnpool(shape, adjoint, back);
    assertClose(
        kernels().dot(direction, back),
        kernels().dot(pooled, adjoint),
        4 * images.length(),
        images.length());
  }

  @Test
  default void maxPool_ties_chooseTheFirst() {
    Pooling shape = new Pooling(2, 2, 1, 2, 2, 2);
    Tensor chosen = kernels().allocate(1, 1);

    kernels().maxPool(shape, tensor(4, 1, 0, 3, 3, 3), chosen, kernels().allocate(1, 1));

    assertThat(chosen.get()).containsExactly(1);
  }

  @Test
  default void maxPool_nan_isChosen() {
    Pooling shape = new Pooling(2, 2, 1, 2, 2, 2);
    Tensor output = kernels().allocate(1, 1);

    kernels().maxPool(shape, tensor(4, 1, 5, Double.NaN, 7, 1), kernels().allocate(1, 1), output);

    assertThat(output.get()).containsExactly(Double.NaN);
  }

  @Test
  default void pooling_ofOtherShapes_isRejected() {
    Pooling shape = new Pooling(4, 4, 2, 2, 2, 2);
    Tensor input = kernels().allocate(32, 2);
    Tensor output = kernels().allocate(8, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels().averagePool(shape, input.view(0, 31, 2), output));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels().averagePool(shape, input, output.view(0, 7, 2)));
  }

  /** Random images of one shape. */
  final class Images {
    private final Pooling shape;
    private final int outputs;
    private final Tensor input;

    Images(KernelsContract contract, Pooling shape, int examples) {
      this.shape = shape;
      outputs = examples * shape.outputHeight() * shape.outputWidth();
      int rows = examples * shape.height() * shape.width();
      input = contract.tensor(rows, shape.channels(), uniform(5, rows * shape.channels()));
    }

    int length() {
      return Math.toIntExact(input.length());
    }

    /** Receives the indices of each input entry in the window of an output entry. */
    @FunctionalInterface
    interface Pair {
      void at(int input, int output);
    }

    void each(Pair pair) {
      for (int output = 0; output < outputs; output++) {
        int oy = output / shape.outputWidth() % shape.outputHeight();
        int ox = output % shape.outputWidth();
        int example = output / (shape.outputHeight() * shape.outputWidth());
        for (int place = 0; place < shape.windowHeight() * shape.windowWidth(); place++) {
          int iy = oy * shape.stride() + place / shape.windowWidth();
          int ix = ox * shape.stride() + place % shape.windowWidth();
          int pixel = (example * shape.height() + iy) * shape.width() + ix;
          for (int c = 0; c < shape.channels(); c++) {
            pair.at(pixel * shape.channels() + c, output * shape.channels() + c);
          }
        }
      }
    }
  }
}
