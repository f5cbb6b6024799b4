package brink.trainer.kernels;

/** The definitions of what the kernels compute, as plain loops over hyper-dual numbers. */
public final class Reference {
  private Reference() {}

  /** φ((z − mean)/σ), column by column. */
  public static HyperDual[][] normalize(HyperDual[][] z, double epsilon, Activation activation) {
    HyperDual[][] y = new HyperDual[z.length][z[0].length];
    for (int j = 0; j < z[0].length; j++) {
      HyperDual mean = mean(z, j);
      HyperDual deviation = variance(z, j, mean).plus(HyperDual.constant(epsilon)).sqrt();
      for (int i = 0; i < z.length; i++) {
        y[i][j] = z[i][j].minus(mean).over(deviation).activate(activation);
      }
    }
    return y;
  }

  private static HyperDual mean(HyperDual[][] z, int column) {
    HyperDual sum = HyperDual.constant(0);
    for (HyperDual[] row : z) {
      sum = sum.plus(row[column]);
    }
    return sum.times(1.0 / z.length);
  }

  private static HyperDual variance(HyperDual[][] z, int column, HyperDual mean) {
    HyperDual sum = HyperDual.constant(0);
    for (HyperDual[] row : z) {
      HyperDual centered = row[column].minus(mean);
      sum = sum.plus(centered.times(centered));
    }
    return sum.times(1.0 / z.length);
  }

  /** Mean loss of logits. */
  public static HyperDual loss(Loss loss, HyperDual[][] logits, double[][] targets) {
    HyperDual sum = HyperDual.constant(0);
    for (int i = 0; i < logits.length; i++) {
      sum =
          sum.plus(
              switch (loss) {
                case SOFTMAX_CROSS_ENTROPY -> crossEntropy(logits[i], targets[i]);
                case MEAN_SQUARED_ERROR -> squaredError(logits[i], targets[i]).times(0.5);
              });
    }
    return sum.times(1.0 / logits.length);
  }

  private static HyperDual crossEntropy(HyperDual[] logits, double[] targets) {
    HyperDual normalizer = HyperDual.constant(0);
    for (HyperDual logit : logits) {
      normalizer = normalizer.plus(logit.exp());
    }
    HyperDual sum = HyperDual.constant(0);
    for (int j = 0; j < logits.length; j++) {
      sum = sum.plus(normalizer.log().minus(logits[j]).times(targets[j]));
    }
    return sum;
  }

  private static HyperDual squaredError(HyperDual[] logits, double[] targets) {
    HyperDual sum = HyperDual.constant(0);
    for (int j = 0; j < logits.length; j++) {
      HyperDual error = logits[j].minus(HyperDual.constant(targets[j]));
      sum = sum.plus(error.times(error));
    }
    return sum;
  }

  /** x·Wᵀ. */
  public static HyperDual[][] product(HyperDual[][] x, HyperDual[][] weights) {
    HyperDual[][] z = new HyperDual[x.length][weights.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        HyperDual sum = HyperDual.constant(0);
        for (int p = 0; p < x[i].length; p++) {
          sum = sum.plus(x[i][p].times(weights[j][p]));
        }
        z[i][j] = sum;
      }
    }
    return z;
  }
}
