package brink.trainer.listener;

import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.learning.config.Sgd;

/** A user's program that trains where no Kafka is, for a JVM of its own. */
final class SilentProgram {
  private SilentProgram() {}

  /** The argument is where Kafka is not. */
  public static void main(String[] arguments) {
    MultiLayerNetwork network = Models.perceptron(new Sgd(0.1), 0);
    try (BrinkListener brink = BrinkListener.publishTo(arguments[0], "my run")) {
      network.addListeners(brink);
      network.fit(Models.rows(20));
      System.out.println(brink.runId());
    }
  }
}
