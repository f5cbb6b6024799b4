package brink.trainer.listener;

import brink.trainer.listener.network.TrainedArray;
import java.util.ArrayList;
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
    return new SgdUpdate(
        learningRate(parameter, iteration, epoch),
        decays(parameter, iteration, epoch).stream().mapToDouble(Double::doubleValue).sum());
  }

  private static double learningRate(TrainedArray parameter, int iteration, int epoch) {
    return parameter.config().getUpdaterByParam(parameter.key()).getLearningRate(iteration, epoch);
  }

  /**
   * Each λ_wd that is applied to an array, one after the other. There may be several: DL4J's
   * builder gives a layer the global weight decay, and when it validates the layer then adds what
   * is global and neither L1 nor L2 once more ({@code LayerValidation.configureBaseLayer}).
   */
  static List<Double> decays(TrainedArray parameter, int iteration, int epoch) {
    List<Double> decays = new ArrayList<>();
    for (Regularization regularization : regularizations(parameter)) {
      switch (regularization) {
        case L2Regularization l2 -> decays.add(l2.getL2().valueAt(iteration, epoch));
        case WeightDecay decay -> {
          double rate = decay.isApplyLR() ? 1 : learningRate(parameter, iteration, epoch);
          decays.add(decay.getCoeff().valueAt(iteration, epoch) / rate);
        }
        default -> {}
      }
    }
    return decays;
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
