package brink.trainer.kernels;

import static brink.trainer.kernels.KernelsContract.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import brink.trainer.kernels.Normalization.Statistics;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of the four passes of batch normalization with activation. */
public interface NormalizationContract extends KernelsContract {
  /** Roundings behind an entry: sums over n rows, amplified by the condition of these inputs. */
  private static double operations(int rows) {
    return 100 * (rows + 10);
  }

  @ParameterizedTest
  @CsvSource({
    "TANH, 0, 7, 3",
    "RELU, 0, 7, 3",
    "IDENTITY, 0, 7, 3",
    "TANH, 0.1, 7, 3",
    "RELU, 1e-5, 6, 1",
    "TANH, 0, 3, 1",
    "TANH, 0, 64, 17",
    "TANH, 0.5, 1, 4"
  })
  default void batchPasses_equalHyperDualNumbers(
      Activation activation, double epsilon, int rows, int columns) {
    checkAllPasses(new Statistics.Batch(), activation, epsilon, rows, columns);
  }

  @ParameterizedTest
  @CsvSource({
    "TANH, 0, 7, 6, 1, 1",
    "RELU, 0, 6, 6, 3, 2",
    "GELU, 1e-5, 8, 6, 2, 3",
    "SOFTPLUS, 0.1, 6, 4, 6, 1",
    "TANH, 0, 80, 9, 40, 3"
  })
  default void groupPasses_equalHyperDualNumbers(
      Activation activation, double epsilon, int rows, int columns, int positions, int groups) {
    checkAllPasses(new Statistics.Group(positions, groups), activation, epsilon, rows, columns);
  }

  private void checkAllPasses(
      Statistics statistics, Activation activation, double epsilon, int rows, int columns) {
    Case random = new Case(rows, columns);
    Normalization state =
        Normalization.allocate(kernels(), statistics, activation, epsilon, rows, columns);
    Tensor result = kernels().allocate(rows, columns);
    state.outputAdjoint().set(random.adjoint);

    kernels().normalize(tensor(rows, columns, random.z), state);
    kernels().normalizeBackward(state);
    kernels().normalizeTangent(tensor(rows, columns, random.zTangent), state);
    kernels().normalizeBackwardTangent(tensor(rows, columns, random.adjointTangent), state, result);

    Derivatives expected = random.derivatives(statistics, activation, epsilon);
    double operations = operations(rows);
    assertClose(state.output().get(), expected.output, operations);
    assertClose(state.outputTangent().get(), expected.tangent, operations);
    assertClose(state.inputAdjoint().get(), expected.adjoint, operations);
    assertClose(result.get(), expected.adjointTangent, operations);
  }

  @Test
  default void allPasses_inPlace_giveTheSameBits() {
    Case random = new Case(9, 4);
    Normalization apart = Normalization.batch(kernels(), Activation.TANH, 0, 9, 4);
    Normalization inPlace = Normalization.batch(kernels(), Activation.TANH, 0, 9, 4);
    apart.outputAdjoint().set(random.adjoint);
    inPlace.outputAdjoint().set(random.adjoint);
    inPlace.normalized().set(random.z);
    inPlace.normalizedTangent().set(random.zTangent);
    Tensor result = kernels().allocate(9, 4);
    Tensor overwritten = tensor(9, 4, random.adjointTangent);

    kernels().normalize(tensor(9, 4, random.z), apart);
    kernels().normalizeBackward(apart);
    kernels().normalizeTangent(tensor(9, 4, random.zTangent), apart);
    kernels().normalizeBackwardTangent(tensor(9, 4, random.adjointTangent), apart, result);
    kernels().normalize(inPlace.normalized(), inPlace);
    kernels().normalizeBackward(inPlace);
    kernels().normalizeTangent(inPlace.normalizedTangent(), inPlace);
    kernels().normalizeBackwardTangent(overwritten, inPlace, overwritten);

    assertThat(overwritten.get()).containsExactly(result.get());
    assertThat(inPlace.outputTangent().get()).containsExactly(apart.outputTangent().get());
  }

  @Test
  default void normalize_anyBatch_hasMeanZeroAndVarianceOne() {
    Case random = new Case(50, 3);
    Normalization state = Normalization.batch(kernels(), Activation.TANH, 0, 50, 3);

    kernels().normalize(tensor(50, 3, random.z), state);

    double[] x = state.normalized().get();
    for (int j = 0; j < 3; j++) {
      double sum = 0;
      double squares = 0;
      for (int i = 0; i < 50; i++) {
        sum += x[3 * i + j];
        squares += x[3 * i + j] * x[3 * i + j];
      }
      assertClose(sum / 50, 0, operations(50), 1);
      assertClose(squares / 50, 1, operations(50), 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  default void normalize_firstEntryFarFromTheOthers_isAsExact(int groups) {
    int rows = 200;
    Case random = new Case(rows, 4);
    random.z[0] = 1e4;
    Statistics statistics =
        groups == 1 ? new Statistics.Batch() : new Statistics.Group(rows, groups);
    Normalization state =
        Normalization.allocate(kernels(), statistics, Activation.IDENTITY, 0, rows, 4);

    kernels().normalize(tensor(rows, 4, random.z), state);

    HyperDual[][] expected =
        Reference.normalize(random.undisturbed(), statistics, 0, Activation.IDENTITY);
    double[] x = state.normalized().get();
    for (int i = 1; i < rows; i++) {
      for (int j = 0; j < 4; j++) {
        assertClose(x[4 * i + j], expected[i][j].value(), operations(rows), 1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-15, 1e15})
  default void normalize_scaledInput_givesTheSameOutput(double scale) {
    Case random = new Case(8, 3);
    Normalization plain = Normalization.batch(kernels(), Activation.TANH, 0, 8, 3);
    Normalization scaled = Normalization.batch(kernels(), Activation.TANH, 0, 8, 3);

    kernels().normalize(tensor(8, 3, random.z), plain);
    kernels()
        .normalize(tensor(8, 3, Arrays.stream(random.z).map(z -> scale * z).toArray()), scaled);

    assertClose(scaled.output().get(), plain.output().get(), operations(8));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -3e10, 0.1})
  default void normalize_constantColumn_isNaNInThatColumnOnly(double constant) {
    Normalization state = Normalization.batch(kernels(), Activation.TANH, 0, 3, 2);

    kernels().normalize(tensor(3, 2, constant, 1, constant, 2, constant, 4), state);

    double[] inverse = state.inverseDeviation().get();
    assertThat(inverse[0]).isNaN();
    assertThat(inverse[1]).isFinite();
    assertThat(state.output().get()[0]).isNaN();
    assertThat(state.output().get()[1]).isFinite();
  }

  @Test
  default void normalize_constantColumnWithEpsilon_isZero() {
    Normalization state = Normalization.batch(kernels(), Activation.TANH, 0.25, 3, 1);

    kernels().normalize(tensor(3, 1, 5, 5, 5), state);

    assertThat(state.output().get()).containsOnly(0);
    assertThat(state.inverseDeviation().get()).containsExactly(2);
  }

  @Test
  default void normalize_nanInput_isNaN() {
    Normalization state = Normalization.batch(kernels(), Activation.RELU, 0, 2, 1);

    kernels().normalize(tensor(2, 1, 1, Double.NaN), state);

    assertThat(state.output().get()).containsOnly(Double.NaN);
  }

  @Test
  default void applyNormalization_toTheBatchItself_givesItsOutput() {
    Case random = new Case(8, 3);
    Normalization state = Normalization.batch(kernels(), Activation.TANH, 0, 8, 3);
    Tensor z = tensor(8, 3, random.z);
    double[] stored = z.get();
    kernels().normalize(z, state);

    kernels().applyNormalization(z.view(0, 2, 3), state, z.view(0, 2, 3));

    double[] expected = state.output().view(0, 2, 3).get();
    assertClose(z.view(0, 2, 3).get(), expected, operations(8));
    assertThat(z.view(6, 6, 3).get()).containsExactly(Arrays.copyOfRange(stored, 6, 24));
  }

  @Test
  default void applyNormalization_ofGroups_usesEachExamplesOwnStatistics() {
    Case random = new Case(8, 6);
    Statistics statistics = new Statistics.Group(2, 3);
    Normalization all = Normalization.allocate(kernels(), statistics, Activation.TANH, 0, 8, 6);
    Normalization other = Normalization.allocate(kernels(), statistics, Activation.TANH, 0, 2, 6);
    Tensor z = tensor(8, 6, random.z);
    Tensor y = kernels().allocate(8, 6);
    kernels().normalize(z, all);
    kernels().normalize(tensor(2, 6, uniform(9, 12)), other);

    kernels().applyNormalization(z, other, y);

    assertClose(y.get(), all.output().get(), operations(8));
  }

  @Test
  default void allocate_groupsThatDoNotDivide_isRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                Normalization.allocate(
                    kernels(), new Statistics.Group(1, 4), Activation.TANH, 0, 2, 6))
        .withMessageContaining("4 groups");
  }

  @Test
  default void normalize_ofOtherShape_isRejected() {
    Normalization state = Normalization.batch(kernels(), Activation.TANH, 0, 8, 3);
    Tensor z = kernels().allocate(3, 8);

    assertThatIllegalArgumentException().isThrownBy(() -> kernels().normalize(z, state));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> kernels().applyNormalization(z, state, z));
  }

  /** Random inputs of the four passes. */
  final class Case {
    private final int rows;
    private final int columns;
    private final double[] z;
    private final double[] zTangent;
    private final double[] adjoint;
    private final double[] adjointTangent;

    Case(int rows, int columns) {
      this.rows = rows;
      this.columns = columns;
      z = uniform(11, rows * columns);
      zTangent = uniform(12, rows * columns);
      adjoint = uniform(13, rows * columns);
      adjointTangent = uniform(14, rows * columns);
    }

    /** Derivatives of S = Σ (ȳ + ε₂ȳ˙)·y(z + ε₁e_k + ε₂ż), for every entry k in turn. */
    Derivatives derivatives(Statistics statistics, Activation activation, double epsilon) {
      Derivatives all = new Derivatives(rows * columns);
      for (int k = 0; k < rows * columns; k++) {
        HyperDual[][] y = Reference.normalize(disturbed(k), statistics, epsilon, activation);
        HyperDual sum = HyperDual.constant(0);
        for (int i = 0; i < rows * columns; i++) {
          HyperDual weight = new HyperDual(adjoint[i], 0, adjointTangent[i], 0);
          sum = sum.plus(y[i / columns][i % columns].times(weight));
        }
        all.output[k] = y[k / columns][k % columns].value();
        all.tangent[k] = y[k / columns][k % columns].second();
        all.adjoint[k] = sum.first();
        all.adjointTangent[k] = sum.mixed();
      }
      return all;
    }

    HyperDual[][] undisturbed() {
      return disturbed(-1);
    }

    private HyperDual[][] disturbed(int k) {
      HyperDual[][] inputs = new HyperDual[rows][columns];
      for (int i = 0; i < rows * columns; i++) {
        inputs[i / columns][i % columns] = new HyperDual(z[i], i == k ? 1 : 0, zTangent[i], 0);
      }
      return inputs;
    }
  }

  /** What the reference found. */
  final class Derivatives {
    private final double[] output;
    private final double[] tangent;
    private final double[] adjoint;
    private final double[] adjointTangent;

    Derivatives(int length) {
      output = new double[length];
      tangent = new double[length];
      adjoint = new double[length];
      adjointTangent = new double[length];
    }
  }
}
