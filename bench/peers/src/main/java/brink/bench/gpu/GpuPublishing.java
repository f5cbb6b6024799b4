package brink.bench.gpu;

import brink.bench.rows.BrokerProcess;
import brink.bench.rows.PublishedRun;
import brink.bench.statistics.Interleaved;
import brink.bench.statistics.Times;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.kernels.Kernels;
import brink.trainer.network.NetworkLandscape;
import brink.trainer.publish.GradientCadence;
import brink.v1.GradientEncoding;
import java.io.IOException;

/** What publishing costs a run on a GPU, to a real broker in a JVM of its own. */
final class GpuPublishing {
  private static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(1e-3, 1e-3);
  private static final GradientCadence EVERY_STEP =
      new GradientCadence(1, GradientEncoding.GRADIENT_ENCODING_BF16);
  private static final int WARM_UPS = 1;
  private static final int ROUNDS = 5;

  private enum Contender {
    OFF,
    WITHOUT_GRADIENTS,
    WITH_GRADIENTS
  }

  private GpuPublishing() {}

  static void measure(String what, GpuNetwork network, int examples, Kernels kernels, int steps)
      throws IOException {
    NetworkLandscape landscape = network.landscape(kernels, examples);
    try (BrokerProcess broker = BrokerProcess.start();
        PublishedRun run =
            new PublishedRun(
                landscape, network.weights(), HYPERPARAMETERS, broker.bootstrapServers())) {
      Times<Contender> times =
          new Interleaved<Contender>(System::nanoTime)
              .with(Contender.OFF, () -> run.train(steps))
              .with(
                  Contender.WITHOUT_GRADIENTS,
                  () -> run.trainAndPublish(steps, GradientCadence.NONE))
              .with(Contender.WITH_GRADIENTS, () -> run.trainAndPublish(steps, EVERY_STEP))
              .measure(WARM_UPS, ROUNDS, _ -> {});
      GpuOutput.line(
          "%s: %,d weights, %.3f ms a step",
          what, landscape.dimension(), times.of(Contender.OFF).median() / steps * 1e3);
      report(what + ": slower by publishing without gradients", times, Contender.WITHOUT_GRADIENTS);
      report(what + ": slower by publishing all gradients, bf16", times, Contender.WITH_GRADIENTS);
    }
  }

  private static void report(String what, Times<Contender> times, Contender contender) {
    GpuOutput.spread(
        what, times.ratio(contender, Contender.OFF).map(ratio -> 100 * (ratio - 1)), "%");
  }
}
