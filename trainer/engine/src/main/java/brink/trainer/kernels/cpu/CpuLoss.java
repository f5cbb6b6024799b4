package brink.trainer.kernels.cpu;

import java.util.Arrays;

/** Loss heads, row by row. */
final class CpuLoss {
  private CpuLoss() {}

  private static RowBlock rows(Team team, CpuTensor x) {
    return RowBlock.of(team, x.rows(), x.columns());
  }

  /** predictions ← softmax(logits), gradient ← (predictions − targets)/n; returns the mean loss. */
  static double softmaxCrossEntropy(
      Team team, CpuTensor logits, CpuTensor targets, CpuTensor predictions, CpuTensor gradient) {
    int columns = logits.columns();
    double examples = logits.rows();
    double[][] losses =
        rows(team, logits)
            .columnSums(
                1,
                (at, n, scratch) -> {
                  double[] z = logits.read(at, n, scratch, 0);
                  double[] t = targets.read(at, n, scratch, 1);
                  double[] p = scratch.tile(2, n);
                  double[] g = scratch.tile(3, n);
                  double[] sums = scratch.summed(0);
                  for (int start = 0; start < n; start += columns) {
                    double largest = largestOf(z, start, columns);
                    double sum = 0;
                    for (int i = start; i < start + columns; i++) {
                      p[i] = Math.exp(z[i] - largest); // shifted, so that nothing overflows
                      sum += p[i];
                    }
                    double logSum = largest + Math.log(sum);
                    for (int i = start; i < start + columns; i++) {
                      p[i] /= sum;
                      g[i] = (p[i] - t[i]) / examples;
                      sums[i] -= t[i] == 0 ? 0 : t[i] * (z[i] - logSum); // 0·log 0 = 0
                    }
                  }
                  predictions.write(at, p, n, scratch);
                  gradient.write(at, g, n, scratch);
                });
    return Arrays.stream(losses[0]).sum() / examples;
  }

  private static double largestOf(double[] z, int start, int columns) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int i = start; i < start + columns; i++) {
      largest = Math.max(largest, z[i]);
    }
    return largest;
  }

  /** gradientTangent ← (p∘ż − p⟨p, ż⟩)/n in each row. */
  static void softmaxCrossEntropyTangent(
      Team team, CpuTensor predictions, CpuTensor logitsTangent, CpuTensor gradientTangent) {
    int columns = predictions.columns();
    double examples = predictions.rows();
    rows(team, predictions)
        .each(
            (at, n, scratch) -> {
              double[] p = predictions.read(at, n, scratch, 0);
              double[] z = logitsTangent.read(at, n, scratch, 1);
              for (int start = 0; start < n; start += columns) {
                double mean = 0;
                for (int i = start; i < start + columns; i++) {
                  mean += p[i] * z[i];
                }
                for (int i = start; i < start + columns; i++) {
                  z[i] = p[i] * (z[i] - mean) / examples;
                }
              }
              gradientTangent.write(at, z, n, scratch);
            });
  }

  /** predictions ← logits, gradient ← (logits − targets)/n; returns half the mean squared error. */
  static double meanSquaredError(
      Team team, CpuTensor logits, CpuTensor targets, CpuTensor predictions, CpuTensor gradient) {
    double examples = logits.rows();
    double[][] squares =
        rows(team, logits)
            .columnSums(
                1,
                (at, n, scratch) -> {
                  double[] z = logits.read(at, n, scratch, 0);
                  double[] t = targets.read(at, n, scratch, 1);
                  double[] sums = scratch.summed(0);
                  predictions.write(at, z, n, scratch);
                  for (int i = 0; i < n; i++) {
                    double error = z[i] - t[i];
                    sums[i] += error * error;
                    z[i] = error / examples;
                  }
                  gradient.write(at, z, n, scratch);
                });
    return Arrays.stream(squares[0]).sum() / 2 / examples;
  }

  /** gradientTangent ← ż/n. */
  static void meanSquaredErrorTangent(
      Team team, CpuTensor logitsTangent, CpuTensor gradientTangent) {
    double examples = logitsTangent.rows();
    rows(team, logitsTangent)
        .each(
            (at, n, scratch) -> {
              double[] z = logitsTangent.read(at, n, scratch, 0);
              for (int i = 0; i < n; i++) {
                z[i] /= examples;
              }
              gradientTangent.write(at, z, n, scratch);
            });
  }

  static int countAgreeingRows(Team team, CpuTensor x, CpuTensor y) {
    int columns = x.columns();
    double[][] agreeing =
        rows(team, x)
            .columnSums(
                1,
                (at, n, scratch) -> {
                  double[] a = x.read(at, n, scratch, 0);
                  double[] b = y.read(at, n, scratch, 1);
                  double[] sums = scratch.summed(0);
                  for (int start = 0; start < n; start += columns) {
                    boolean agree = largest(a, start, columns) == largest(b, start, columns);
                    sums[start] += agree ? 1 : 0;
                  }
                });
    return (int) agreeing[0][0];
  }

  private static int largest(double[] x, int start, int columns) {
    int largest = start;
    for (int i = start + 1; i < start + columns; i++) {
      if (x[i] > x[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
