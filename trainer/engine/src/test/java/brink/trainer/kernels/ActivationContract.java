package brink.trainer.kernels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contract of activations that no normalization precedes. */
public interface ActivationContract extends KernelsContract {
  /** From deep saturation through 0 to deep saturation. */
  private static double[] inputs() {
    return IntStream.rangeClosed(-60, 60).mapToDouble(i -> i / 4.0).toArray();
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  default void allPasses_equalHyperDualNumbers(Activation activation) {
    double[] x = inputs();
    double[] xTangent = KernelsContract.uniform(31, x.length);
    double[] adjoint = KernelsContract.uniform(32, x.length);
    double[] adjointTangent = KernelsContract.uniform(33, x.length);
    Tensor input = tensor(1, x.length, x);
    Tensor y = kernels().allocate(1, x.length);
    Tensor product = kernels().allocate(1, x.length);
    Tensor productTangent = kernels().allocate(1, x.length);

    kernels().activate(activation, input, y);
    kernels().activationProduct(activation, input, tensor(1, x.length, adjoint), product);
    kernels()
        .activationProductTangent(
            activation,
            input,
            tensor(1, x.length, xTangent),
            tensor(1, x.length, adjoint),
            tensor(1, x.length, adjointTangent),
            productTangent);

    for (int i = 0; i < x.length; i++) {
      HyperDual exact = new HyperDual(x[i], 1, xTangent[i], 0).activate(activation);
      // a gate whose argument is of the size of x² has a relative error of as many roundings
      double condition = activation == Activation.GELU ? 1 + x[i] * x[i] : 1;
      assertClose(y.get()[i], exact.value(), 20, Math.max(1, Math.abs(exact.value())));
      assertClose(product.get()[i], exact.first() * adjoint[i], 40, condition);
      assertClose(
          productTangent.get()[i],
          exact.first() * adjointTangent[i] + exact.mixed() * adjoint[i],
          80,
          condition);
    }
  }

  @Test
  default void tanh_tinyAndHugeInputs_keepRelativeAccuracy() {
    double[] x = {1e-30, -1e-7, 3e-4, 0.7, -8.9, 19.99, 1e30, Double.POSITIVE_INFINITY};
    Tensor y = kernels().allocate(1, x.length);

    kernels().activate(Activation.TANH, tensor(1, x.length, x), y);

    double[] stored = tensor(1, x.length, x).get();
    for (int i = 0; i < x.length; i++) {
      double exact = StrictMath.tanh(stored[i]);
      assertClose(y.get()[i], exact, 12, Math.abs(exact));
    }
  }

  @Test
  default void tanh_nan_isNaN() {
    Tensor x = tensor(1, 2, Double.NaN, 1);

    kernels().activate(Activation.TANH, x, x);

    assertThat(x.get()[0]).isNaN();
  }
}
