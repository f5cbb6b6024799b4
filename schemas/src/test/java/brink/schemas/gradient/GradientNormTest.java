package brink.schemas.gradient;

import static org.assertj.core.api.Assertions.assertThat;

import brink.schemas.gradient.GradientResult.Complete;
import brink.v1.GradientEncoding;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GradientNormTest {
  private static final int ENTRIES = 10_000;

  @ParameterizedTest
  @CsvSource({
    "GRADIENT_ENCODING_F32, 1", "GRADIENT_ENCODING_F32, 1e-18", "GRADIENT_ENCODING_F32, 1e-44",
    "GRADIENT_ENCODING_F16, 1", "GRADIENT_ENCODING_F16, 1e-4", "GRADIENT_ENCODING_F16, 1e-8",
    "GRADIENT_ENCODING_BF16, 1", "GRADIENT_ENCODING_BF16, 1e-18", "GRADIENT_ENCODING_BF16, 1e-40",
  })
  void agreesWith_normBeforeRounding_isTrueInEveryEncoding(GradientEncoding encoding, double size) {
    double[] gradient = random(size);

    assertThat(norm(gradient, encoding).agreesWith(squared(gradient))).isTrue();
  }

  @Test
  void agreesWith_normOfAnotherGradient_isFalse() {
    double[] gradient = random(1);
    GradientNorm norm = norm(gradient, GradientEncoding.GRADIENT_ENCODING_F32);

    assertThat(norm.agreesWith(1.001 * squared(gradient))).isFalse();
    assertThat(norm.agreesWith(Double.NaN)).isFalse();
  }

  @Test
  void agreesWith_entriesBeyondTheEncoding_isFalse() {
    double[] gradient = {1e6};

    assertThat(norm(gradient, GradientEncoding.GRADIENT_ENCODING_F16).agreesWith(1e12)).isFalse();
  }

  private static double[] random(double size) {
    Random random = new Random(7);
    double[] gradient = new double[ENTRIES];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = size * random.nextGaussian();
    }
    return gradient;
  }

  private static double squared(double[] gradient) {
    double sum = 0;
    for (double entry : gradient) {
      sum += entry * entry;
    }
    return sum;
  }

  private static GradientNorm norm(double[] gradient, GradientEncoding encoding) {
    GradientAssembler assembler = new GradientAssembler(1, 1L << 20);
    Complete complete =
        (Complete)
            assembler
                .accept(GradientEncoder.chunks("r", 0, gradient, encoding).getFirst())
                .getFirst();
    return GradientNorm.of(complete);
  }
}
