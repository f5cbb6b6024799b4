package brink.trainer.listener;

import brink.trainer.listener.network.TrainedArray;
import java.util.List;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;

/**
 * How DL4J moves an array: w ← (1 − η·λ_wd)·w − η·∇L(w) if its updater is plain SGD, with η and
 * λ_wd as its configuration has them at an iteration.
 *
 * @param learningRate η; NaN where the updater has none
 * @param weightDecay λ_wd, of L2 regularization and of weight decay together
 */
record SgdUpdate(double learningRate, double weightDecay) {
  /** Of one array at an iteration and epoch, both as DL4J counts them. */
  static SgdUpdate of(TrainedArray parameter, int iteration, int epoch) {
    IUpdater updater = parameter.config().getUpdaterByParam(parameter.key());
    double learningRate = updater.getLearningRate(iteration, epoch);
    double decay = 0;
    for (Regularization regularization : regularizations(parameter)) {
      decay +=
          switch (regularization) {
            case L2Regularization l2 -> l2.getL2().valueAt(iteration, epoch);
            case WeightDecay wd when wd.isApplyLR() -> wd.getCoeff().valueAt(iteration, epoch);
            case WeightDecay wd -> wd.getCoeff().valueAt(iteration, epoch) / learningRate;
            default -> 0;
          };
    }
    return new SgdUpdate(learningRate, decay);
  }

  /**
   * What keeps an array from being moved by plain gradient descent with weight decay, in words;
   * empty if nothing does.
   */
  static String deviation(TrainedArray parameter) {
    IUpdater updater = parameter.config().getUpdaterByParam(parameter.key());
    if (!(updater instanceof Sgd)) {
      return "the updater is " + updater.getClass().getSimpleName();
    }
    GradientNormalization clipping = parameter.config().getGradientNormalization();
    if (clipping != null && clipping != GradientNormalization.None) {
      return "gradients are changed by " + clipping;
    }
    return regularizations(parameter).stream()
        .filter(each -> !(each instanceof L2Regularization || each instanceof WeightDecay))
        .map(each -> "there is " + each.getClass().getSimpleName())
        .collect(Collectors.joining(" and "));
  }

  private static List<Regularization> regularizations(TrainedArray parameter) {
    List<Regularization> all = parameter.config().getRegularizationByParam(parameter.key());
    return all == null ? List.of() : all;
  }
}
