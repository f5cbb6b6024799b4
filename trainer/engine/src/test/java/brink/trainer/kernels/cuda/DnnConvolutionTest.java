package brink.trainer.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import brink.trainer.kernels.Convolution;
import brink.trainer.kernels.Tensor;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DnnConvolutionTest {
  /** Weights of a layer lie wherever those before it end; cuDNN's kernels load aligned vectors. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "TF32"})
  void convolve_weightsAtAnyAddress_areTheSame(Arithmetic arithmetic) {
    Convolution shape = new Convolution(5, 4, 3, 2, 3, 1, 1);
    try (CudaKernels kernels = CudaKernels.open(Emulation.libraries(), 0, arithmetic)) {
      Tensor all = kernels.allocate(1, shape.filters() * shape.patch() + 1);
      Tensor input = kernels.allocate(2, 5 * 4 * 3);
      input.set(integers(input.length()));
      Tensor aligned = output(kernels, shape, all.view(0, shape.filters(), shape.patch()), input);
      Tensor shifted = output(kernels, shape, all.view(1, shape.filters(), shape.patch()), input);

      assertThat(rounded(shifted)).containsExactly(rounded(aligned));
    }
  }

  private static Tensor output(
      CudaKernels kernels, Convolution shape, Tensor weights, Tensor input) {
    weights.set(integers(weights.length()));
    Tensor output = kernels.allocate(2, 5 * 4 * shape.filters());
    kernels.convolve(shape, weights, input, 0, output);
    return output;
  }

  /** Winograd's algorithms divide by numbers that are no powers of two. */
  private static double[] rounded(Tensor integers) {
    return Arrays.stream(integers.get()).map(Math::rint).toArray();
  }

  /** Small ones, of which products and sums are exact in every arithmetic and order. */
  private static double[] integers(long count) {
    return new Random(1).ints(count, -3, 4).asDoubleStream().toArray();
  }
}
