package brink.trainer.kernels;

import static brink.trainer.kernels.KernelsContract.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract of the convolution and its two adjoints, against its definition. */
public interface ConvolutionContract extends KernelsContract {
  /** Strides, paddings and sizes that leave rests, one position only, or several blocks. */
  static Stream<Convolution> shapes() {
    return Stream.of(
        new Convolution(5, 4, 3, 2, 3, 1, 1),
        new Convolution(6, 6, 2, 5, 3, 2, 1),
        new Convolution(7, 5, 2, 3, 3, 2, 0),
        new Convolution(4, 4, 3, 3, 1, 1, 0),
        new Convolution(6, 4, 4, 2, 1, 2, 0),
        new Convolution(1, 1, 2, 3, 3, 1, 1),
        new Convolution(2, 7, 1, 1, 4, 3, 3),
        new Convolution(32, 32, 16, 8, 3, 1, 1),
        new Convolution(17, 19, 11, 12, 4, 1, 2));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  default void convolve_anyShape_equalsDefinition(Convolution shape) {
    Case random = new Case(shape, 5);
    Tensor output = tensor(random.outputs, shape.filters(), random.y);

    kernels().convolve(shape, random.weights(this), random.input(this), 0.5, output);

    double[] expected = random.y.clone();
    for (int i = 0; i < expected.length; i++) {
      expected[i] *= 0.5;
    }
    random.each((w, x, y) -> expected[y] += random.w[w] * random.x[x]);
    assertClose(output.get(), expected, 4 * (shape.patch() + 2));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  default void convolveWeightAdjoint_anyShape_equalsDefinition(Convolution shape) {
    Case random = new Case(shape, 5);
    Tensor weightAdjoint = random.weights(this);

    kernels()
        .convolveWeightAdjoint(shape, random.input(this), random.output(this), -2, weightAdjoint);

    double[] expected = new double[random.w.length];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = -2 * random.w[i];
    }
    random.each((w, x, y) -> expected[w] += random.y[y] * random.x[x]);
    assertClose(weightAdjoint.get(), expected, 4 * (random.outputs + 2));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  default void convolveInputAdjoint_anyShape_equalsDefinition(Convolution shape) {
    Case random = new Case(shape, 5);
    Tensor inputAdjoint = random.input(this);

    kernels()
        .convolveInputAdjoint(shape, random.weights(this), random.output(this), 1, inputAdjoint);

    double[] expected = random.x.clone();
    random.each((w, x, y) -> expected[x] += random.w[w] * random.y[y]);
    assertClose(
        inputAdjoint.get(), expected, 4 * (shape.filters() * shape.kernel() * shape.kernel() + 2));
  }

  @Test
  default void convolutions_betaZero_ignoreNaNInTarget() {
    Convolution shape = new Convolution(4, 3, 2, 3, 3, 1, 1);
    Case random = new Case(shape, 2);
    Tensor output = nan(random.y.length, shape.filters());
    Tensor weightAdjoint = nan(random.w.length, shape.patch());
    Tensor inputAdjoint = nan(random.x.length, shape.channels());

    kernels().convolve(shape, random.weights(this), random.input(this), 0, output);
    kernels()
        .convolveWeightAdjoint(shape, random.input(this), random.output(this), 0, weightAdjoint);
    kernels()
        .convolveInputAdjoint(shape, random.weights(this), random.output(this), 0, inputAdjoint);

    for (Tensor result : new Tensor[] {output, weightAdjoint, inputAdjoint}) {
      assertThat(result.get()).doesNotContain(Double.NaN);
    }
  }

  private Tensor nan(int length, int columns) {
    double[] values = new double[length];
    Arrays.fill(values, Double.NaN);
    return tensor(length / columns, columns, values);
  }

  @Test
  default void convolve_ofOtherShapes_isRejected() {
    Convolution shape = new Convolution(4, 4, 2, 3, 3, 1, 1);
    Tensor weights = kernels().allocate(3, 18);
    Tensor input = kernels().allocate(2 * 16, 2);
    Tensor output = kernels().allocate(2 * 16, 3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels().convolve(shape, weights.view(0, 3, 17), input, 0, output));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels().convolve(shape, weights, input.view(0, 31, 2), 0, output));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels().convolve(shape, weights, input, 0, output.view(0, 31, 3)));
  }

  /** Random numbers for one shape. */
  final class Case {
    private final Convolution shape;
    private final int examples;
    private final int outputs;
    private final double[] w;
    private final double[] x;
    private final double[] y;

    Case(Convolution shape, int examples) {
      this.shape = shape;
      this.examples = examples;
      outputs = examples * shape.outputHeight() * shape.outputWidth();
      w = uniform(1, shape.filters() * shape.patch());
      x = uniform(2, examples * shape.height() * shape.width() * shape.channels());
      y = uniform(3, outputs * shape.filters());
    }

    Tensor weights(KernelsContract contract) {
      return contract.tensor(shape.filters(), shape.patch(), w);
    }

    Tensor input(KernelsContract contract) {
      return contract.tensor(x.length / shape.channels(), shape.channels(), x);
    }

    Tensor output(KernelsContract contract) {
      return contract.tensor(outputs, shape.filters(), y);
    }

    /** Receives the indices of each product weight·input that belongs to an output. */
    @FunctionalInterface
    interface Term {
      void at(int weight, int input, int output);
    }

    void each(Term term) {
      int k = shape.kernel();
      int channels = shape.channels();
      for (int output = 0; output < outputs; output++) {
        int oy = output / shape.outputWidth() % shape.outputHeight();
        int ox = output % shape.outputWidth();
        int example = output / (shape.outputHeight() * shape.outputWidth());
        for (int tap = 0; tap < k * k * channels; tap++) {
          int iy = oy * shape.stride() - shape.padding() + tap / channels / k;
          int ix = ox * shape.stride() - shape.padding() + tap / channels % k;
          if (iy >= 0 && iy < shape.height() && ix >= 0 && ix < shape.width()) {
            int pixel = (example * shape.height() + iy) * shape.width() + ix;
            for (int f = 0; f < shape.filters(); f++) {
              term.at(
                  f * shape.patch() + tap,
                  pixel * channels + tap % channels,
                  output * shape.filters() + f);
            }
          }
        }
      }
    }

    @Override
    public String toString() {
      return examples + " examples of " + shape;
    }
  }
}
