package brink.trainer.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Normalization;
import brink.trainer.kernels.Tensor;
import java.lang.foreign.MemorySegment;

/**
 * The passes of {@link Normalization}. With c = mean(x̂ż), ḡ = ȳφ′(x̂) and b = mean(ḡx̂), all means
 * over the rows of a column:
 *
 * <pre>
 * tangent              ẋ̂ = (ż − mean(ż) − x̂c)/σ,   σ̇ = c,   ẏ = φ′ẋ̂
 * backward             z̄ = (ḡ − mean(ḡ) − x̂b)/σ
 * tangent of backward  ḡ˙ = ȳ˙φ′ + ȳφ″ẋ̂,   b˙ = mean(ḡ˙x̂ + ḡẋ̂)
 *                      z̄˙ = (ḡ˙ − mean(ḡ˙) − ẋ̂b − x̂b˙ − σ̇z̄)/σ
 * </pre>
 */
final class CpuBatchNormalization {
  /** A column whose deviation is below this share of its root mean square is constant. */
  private static final double CONSTANT = 64 * 0x1p-53;

  private CpuBatchNormalization() {}

  static void forward(Tensor input, Normalization state) {
    int rows = input.rows();
    int columns = input.columns();
    MemorySegment z = segment(input);
    MemorySegment normalized = segment(state.normalized());
    double[] mean = ColumnMeans.of(z, rows, columns);
    double[] variance = center(z, mean, normalized, rows);
    double[] inverse = new double[columns];
    for (int j = 0; j < columns; j++) {
      inverse[j] = inverseDeviation(mean[j], variance[j], state.epsilon());
    }
    state.mean().set(mean);
    state.inverseDeviation().set(inverse);
    scaleAndActivate(
        normalized, inverse, state.activation(), segment(state.output()), input.length());
  }

  private static double[] center(MemorySegment z, double[] mean, MemorySegment out, int rows) {
    int columns = mean.length;
    double[] squares = new double[columns];
    for (int i = 0; i < rows; i++) {
      long start = (long) i * columns;
      for (int j = 0; j < columns; j++) {
        double centered = z.getAtIndex(JAVA_DOUBLE, start + j) - mean[j];
        squares[j] += centered * centered;
        out.setAtIndex(JAVA_DOUBLE, start + j, centered);
      }
    }
    return ColumnMeans.divide(squares, rows);
  }

  private static double inverseDeviation(double mean, double variance, double epsilon) {
    double meanSquare = mean * mean + variance;
    if (epsilon == 0 && variance <= CONSTANT * CONSTANT * meanSquare) {
      return Double.NaN;
    }
    return 1 / Math.sqrt(variance + epsilon);
  }

  private static void scaleAndActivate(
      MemorySegment normalized, double[] inverse, Activation phi, MemorySegment output, long n) {
    int columns = inverse.length;
    for (long start = 0; start < n; start += columns) {
      for (int j = 0; j < columns; j++) {
        double x = normalized.getAtIndex(JAVA_DOUBLE, start + j) * inverse[j];
        normalized.setAtIndex(JAVA_DOUBLE, start + j, x);
        output.setAtIndex(JAVA_DOUBLE, start + j, phi.value(x));
      }
    }
  }

  static void apply(Tensor input, Normalization state, Tensor output) {
    double[] mean = state.mean().get();
    double[] inverse = state.inverseDeviation().get();
    MemorySegment z = segment(input);
    MemorySegment y = segment(output);
    for (long start = 0; start < input.length(); start += mean.length) {
      for (int j = 0; j < mean.length; j++) {
        double x = (z.getAtIndex(JAVA_DOUBLE, start + j) - mean[j]) * inverse[j];
        y.setAtIndex(JAVA_DOUBLE, start + j, state.activation().value(x));
      }
    }
  }

  static void backward(Normalization state) {
    int columns = state.mean().columns();
    long n = state.output().length();
    Activation phi = state.activation();
    MemorySegment normalized = segment(state.normalized());
    MemorySegment output = segment(state.output());
    MemorySegment outputAdjoint = segment(state.outputAdjoint());
    MemorySegment inputAdjoint = segment(state.inputAdjoint());
    double[] a = new double[columns];
    double[] b = new double[columns];
    for (long start = 0; start < n; start += columns) {
      for (int j = 0; j < columns; j++) {
        double x = normalized.getAtIndex(JAVA_DOUBLE, start + j);
        double slope = phi.derivative(x, output.getAtIndex(JAVA_DOUBLE, start + j));
        double g = outputAdjoint.getAtIndex(JAVA_DOUBLE, start + j) * slope;
        inputAdjoint.setAtIndex(JAVA_DOUBLE, start + j, g);
        a[j] += g;
        b[j] += g * x;
      }
    }
    int rows = state.output().rows();
    ColumnMeans.divide(a, rows);
    ColumnMeans.divide(b, rows);
    project(inputAdjoint, normalized, a, b, state.inverseDeviation().get(), n);
  }

  static void tangent(Tensor inputTangent, Normalization state) {
    int columns = inputTangent.columns();
    long n = inputTangent.length();
    MemorySegment normalized = segment(state.normalized());
    MemorySegment zTangent = segment(inputTangent);
    MemorySegment normalizedTangent = segment(state.normalizedTangent());
    double[] a = new double[columns];
    double[] c = new double[columns];
    for (long start = 0; start < n; start += columns) {
      for (int j = 0; j < columns; j++) {
        double z = zTangent.getAtIndex(JAVA_DOUBLE, start + j);
        normalizedTangent.setAtIndex(JAVA_DOUBLE, start + j, z);
        a[j] += z;
        c[j] += z * normalized.getAtIndex(JAVA_DOUBLE, start + j);
      }
    }
    ColumnMeans.divide(a, inputTangent.rows());
    ColumnMeans.divide(c, inputTangent.rows());
    state.deviationTangent().set(c);
    project(normalizedTangent, normalized, a, c, state.inverseDeviation().get(), n);
    activateTangent(state);
  }

  private static void activateTangent(Normalization state) {
    Activation phi = state.activation();
    MemorySegment normalized = segment(state.normalized());
    MemorySegment output = segment(state.output());
    MemorySegment normalizedTangent = segment(state.normalizedTangent());
    MemorySegment outputTangent = segment(state.outputTangent());
    long n = state.output().length();
    for (long i = 0; i < n; i++) {
      double slope =
          phi.derivative(normalized.getAtIndex(JAVA_DOUBLE, i), output.getAtIndex(JAVA_DOUBLE, i));
      outputTangent.setAtIndex(
          JAVA_DOUBLE, i, slope * normalizedTangent.getAtIndex(JAVA_DOUBLE, i));
    }
  }

  /** g ← (g − a − x̂b)/σ, column by column. */
  private static void project(
      MemorySegment g, MemorySegment normalized, double[] a, double[] b, double[] inverse, long n) {
    int columns = a.length;
    for (long start = 0; start < n; start += columns) {
      for (int j = 0; j < columns; j++) {
        double x = normalized.getAtIndex(JAVA_DOUBLE, start + j);
        double value = g.getAtIndex(JAVA_DOUBLE, start + j);
        g.setAtIndex(JAVA_DOUBLE, start + j, (value - a[j] - x * b[j]) * inverse[j]);
      }
    }
  }

  static void backwardTangent(
      Tensor outputAdjointTangent, Normalization state, Tensor inputAdjointTangent) {
    int columns = state.mean().columns();
    long n = state.output().length();
    Activation phi = state.activation();
    MemorySegment normalized = segment(state.normalized());
    MemorySegment output = segment(state.output());
    MemorySegment outputAdjoint = segment(state.outputAdjoint());
    MemorySegment normalizedTangent = segment(state.normalizedTangent());
    MemorySegment from = segment(outputAdjointTangent);
    MemorySegment to = segment(inputAdjointTangent);
    double[] aTangent = new double[columns];
    double[] b = new double[columns];
    double[] bTangent = new double[columns];
    for (long start = 0; start < n; start += columns) {
      for (int j = 0; j < columns; j++) {
        double x = normalized.getAtIndex(JAVA_DOUBLE, start + j);
        double y = output.getAtIndex(JAVA_DOUBLE, start + j);
        double xTangent = normalizedTangent.getAtIndex(JAVA_DOUBLE, start + j);
        double adjoint = outputAdjoint.getAtIndex(JAVA_DOUBLE, start + j);
        double slope = phi.derivative(x, y);
        double g = adjoint * slope;
        double gTangent =
            from.getAtIndex(JAVA_DOUBLE, start + j) * slope
                + adjoint * phi.secondDerivative(x, y) * xTangent;
        to.setAtIndex(JAVA_DOUBLE, start + j, gTangent);
        aTangent[j] += gTangent;
        b[j] += g * x;
        bTangent[j] += gTangent * x + g * xTangent;
      }
    }
    int rows = state.output().rows();
    ColumnMeans.divide(aTangent, rows);
    ColumnMeans.divide(b, rows);
    ColumnMeans.divide(bTangent, rows);
    projectTangent(to, state, aTangent, b, bTangent);
  }

  private static void projectTangent(
      MemorySegment g, Normalization state, double[] aTangent, double[] b, double[] bTangent) {
    int columns = b.length;
    long n = state.output().length();
    MemorySegment normalized = segment(state.normalized());
    MemorySegment normalizedTangent = segment(state.normalizedTangent());
    MemorySegment inputAdjoint = segment(state.inputAdjoint());
    double[] inverse = state.inverseDeviation().get();
    double[] deviationTangent = state.deviationTangent().get();
    for (long start = 0; start < n; start += columns) {
      for (int j = 0; j < columns; j++) {
        double value =
            g.getAtIndex(JAVA_DOUBLE, start + j)
                - aTangent[j]
                - normalizedTangent.getAtIndex(JAVA_DOUBLE, start + j) * b[j]
                - normalized.getAtIndex(JAVA_DOUBLE, start + j) * bTangent[j]
                - deviationTangent[j] * inputAdjoint.getAtIndex(JAVA_DOUBLE, start + j);
        g.setAtIndex(JAVA_DOUBLE, start + j, value * inverse[j]);
      }
    }
  }

  private static MemorySegment segment(Tensor tensor) {
    return CpuTensor.of(tensor).segment();
  }
}
