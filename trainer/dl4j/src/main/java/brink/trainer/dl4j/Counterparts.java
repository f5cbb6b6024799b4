package brink.trainer.dl4j;

import brink.trainer.kernels.Activation;
import brink.trainer.kernels.Loss;
import brink.trainer.network.LayerSpec.PoolKind;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationSoftPlus;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/** What DL4J's functions are called here. */
final class Counterparts {
  private Counterparts() {}

  /**
   * The same activation; null if there is none. Neither of DL4J's GELUs is ours: the one is
   * x·σ(1.702·x), the "precise" one has the cubic term (0.044715·x)³.
   */
  static @Nullable Activation of(IActivation activation) {
    return switch (activation) {
      case ActivationIdentity _ -> Activation.IDENTITY;
      case ActivationTanH _ -> Activation.TANH;
      case ActivationSoftPlus _ -> Activation.SOFTPLUS;
      case ActivationReLU relu when isPlain(relu) -> Activation.RELU;
      default -> null;
    };
  }

  private static boolean isPlain(ActivationReLU relu) {
    return isZero(relu.getThreshold()) && isZero(relu.getNegativeSlope()) && relu.getMax() == null;
  }

  private static boolean isZero(@Nullable Double value) {
    return value == null || value == 0;
  }

  /** The same pooling; null if there is none. */
  static @Nullable PoolKind of(PoolingType type) {
    return switch (type) {
      case MAX -> PoolKind.MAX;
      case AVG -> PoolKind.AVERAGE;
      case SUM, PNORM -> null;
    };
  }

  /**
   * A loss of logits.
   *
   * @param factor by which the loss is multiplied
   */
  record WeightedLoss(Loss loss, double factor) {}

  /** The same loss of what an activation gets, for so many outputs; null if there is none. */
  static @Nullable WeightedLoss of(ILossFunction loss, IActivation activation, long outputs) {
    Class<?> kind = loss.getClass();
    boolean isIdentity = activation instanceof ActivationIdentity;
    if (loss instanceof LossMCXENT entropy
        && (kind == LossMCXENT.class || kind == LossNegativeLogLikelihood.class)
        && entropy.getWeights() == null
        && activation instanceof ActivationSoftmax) {
      return new WeightedLoss(Loss.SOFTMAX_CROSS_ENTROPY, 1);
    }
    if (loss instanceof LossL2 squares && squares.getWeights() == null && isIdentity) {
      return kind == LossMSE.class
          ? new WeightedLoss(Loss.MEAN_SQUARED_ERROR, 2.0 / outputs)
          : kind == LossL2.class ? new WeightedLoss(Loss.MEAN_SQUARED_ERROR, 2) : null;
    }
    return null;
  }
}
