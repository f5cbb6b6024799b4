package brink.trainer.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/** Loss heads, row by row. */
final class CpuLoss {
  private CpuLoss() {}

  /** predictions ← softmax(logits), gradient ← (predictions − targets)/n; returns the mean loss. */
  static double softmaxCrossEntropy(
      CpuTensor logits, CpuTensor targets, CpuTensor predictions, CpuTensor gradient) {
    int columns = logits.columns();
    MemorySegment z = logits.segment();
    MemorySegment t = targets.segment();
    MemorySegment p = predictions.segment();
    MemorySegment g = gradient.segment();
    double total = 0;
    for (int i = 0; i < logits.rows(); i++) {
      long start = (long) i * columns;
      double logSum = logSumOfExponentials(z, start, columns);
      for (long at = start; at < start + columns; at++) {
        double logProbability = z.getAtIndex(JAVA_DOUBLE, at) - logSum;
        double probability = Math.exp(logProbability);
        double target = t.getAtIndex(JAVA_DOUBLE, at);
        if (target != 0) { // 0·log 0 = 0
          total -= target * logProbability;
        }
        p.setAtIndex(JAVA_DOUBLE, at, probability);
        g.setAtIndex(JAVA_DOUBLE, at, (probability - target) / logits.rows());
      }
    }
    return total / logits.rows();
  }

  /** log Σ exp, shifted by the largest entry so that nothing overflows. */
  private static double logSumOfExponentials(MemorySegment z, long start, int columns) {
    double largest = Double.NEGATIVE_INFINITY;
    for (long at = start; at < start + columns; at++) {
      largest = Math.max(largest, z.getAtIndex(JAVA_DOUBLE, at));
    }
    double sum = 0;
    for (long at = start; at < start + columns; at++) {
      sum += Math.exp(z.getAtIndex(JAVA_DOUBLE, at) - largest);
    }
    return largest + Math.log(sum);
  }

  /** gradientTangent ← (p∘ż − p⟨p, ż⟩)/n in each row. */
  static void softmaxCrossEntropyTangent(
      CpuTensor predictions, CpuTensor logitsTangent, CpuTensor gradientTangent) {
    int columns = predictions.columns();
    MemorySegment p = predictions.segment();
    MemorySegment z = logitsTangent.segment();
    MemorySegment g = gradientTangent.segment();
    for (int i = 0; i < predictions.rows(); i++) {
      long start = (long) i * columns;
      double mean = 0;
      for (long at = start; at < start + columns; at++) {
        mean += p.getAtIndex(JAVA_DOUBLE, at) * z.getAtIndex(JAVA_DOUBLE, at);
      }
      for (long at = start; at < start + columns; at++) {
        double deviation = z.getAtIndex(JAVA_DOUBLE, at) - mean;
        g.setAtIndex(
            JAVA_DOUBLE, at, p.getAtIndex(JAVA_DOUBLE, at) * deviation / predictions.rows());
      }
    }
  }

  /** predictions ← logits, gradient ← (logits − targets)/n; returns half the mean squared error. */
  static double meanSquaredError(
      CpuTensor logits, CpuTensor targets, CpuTensor predictions, CpuTensor gradient) {
    int rows = logits.rows();
    double total = 0;
    for (long at = 0; at < logits.length(); at++) {
      double z = logits.segment().getAtIndex(JAVA_DOUBLE, at);
      double error = z - targets.segment().getAtIndex(JAVA_DOUBLE, at);
      total += error * error;
      predictions.segment().setAtIndex(JAVA_DOUBLE, at, z);
      gradient.segment().setAtIndex(JAVA_DOUBLE, at, error / rows);
    }
    return total / 2 / rows;
  }

  /** gradientTangent ← ż/n. */
  static void meanSquaredErrorTangent(CpuTensor logitsTangent, CpuTensor gradientTangent) {
    for (long at = 0; at < logitsTangent.length(); at++) {
      double z = logitsTangent.segment().getAtIndex(JAVA_DOUBLE, at);
      gradientTangent.segment().setAtIndex(JAVA_DOUBLE, at, z / logitsTangent.rows());
    }
  }

  static int countAgreeingRows(CpuTensor x, CpuTensor y) {
    int agreeing = 0;
    for (int i = 0; i < x.rows(); i++) {
      if (largestColumn(x, i) == largestColumn(y, i)) {
        agreeing++;
      }
    }
    return agreeing;
  }

  private static int largestColumn(CpuTensor x, int row) {
    long start = (long) row * x.columns();
    int largest = 0;
    for (int j = 1; j < x.columns(); j++) {
      if (x.segment().getAtIndex(JAVA_DOUBLE, start + j)
          > x.segment().getAtIndex(JAVA_DOUBLE, start + largest)) {
        largest = j;
      }
    }
    return largest;
  }
}
