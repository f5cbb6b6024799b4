package brink.trainer.kernels;

import brink.trainer.kernels.Normalization.Statistics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The definitions of what the kernels compute, as plain loops over hyper-dual numbers. */
public final class Reference {
  private Reference() {}

  /** φ((z − mean)/σ) over the entries that the statistics say belong together. */
  public static HyperDual[][] normalize(
      HyperDual[][] z, Statistics statistics, double epsilon, Activation activation) {
    int columns = z[0].length;
    Map<Integer, List<HyperDual>> sets = new HashMap<>();
    for (int at = 0; at < z.length * columns; at++) {
      sets.computeIfAbsent(set(statistics, at, columns), _ -> new ArrayList<>())
          .add(z[at / columns][at % columns]);
    }
    Map<Integer, HyperDual> means = new HashMap<>();
    Map<Integer, HyperDual> deviations = new HashMap<>();
    sets.forEach(
        (key, set) -> {
          HyperDual mean = mean(set);
          HyperDual variance =
              mean(set.stream().map(x -> x.minus(mean).times(x.minus(mean))).toList());
          means.put(key, mean);
          deviations.put(key, variance.plus(HyperDual.constant(epsilon)).sqrt());
        });
    HyperDual[][] y = new HyperDual[z.length][columns];
    for (int at = 0; at < z.length * columns; at++) {
      int key = set(statistics, at, columns);
      HyperDual centered =
          z[at / columns][at % columns].minus(Objects.requireNonNull(means.get(key)));
      y[at / columns][at % columns] =
          centered.over(Objects.requireNonNull(deviations.get(key))).activate(activation);
    }
    return y;
  }

  private static int set(Statistics statistics, int at, int columns) {
    return switch (statistics) {
      case Statistics.Batch() -> at % columns;
      case Statistics.Group(int positions, int groups) ->
          at / columns / positions * groups + at % columns / (columns / groups);
    };
  }

  private static HyperDual mean(List<HyperDual> set) {
    HyperDual sum = HyperDual.constant(0);
    for (HyperDual x : set) {
      sum = sum.plus(x);
    }
    return sum.times(1.0 / set.size());
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
