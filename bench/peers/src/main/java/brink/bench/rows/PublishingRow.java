package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.Interleaved;
import brink.bench.statistics.Times;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.kernels.Kernels;
import brink.trainer.publish.GradientCadence;
import brink.v1.GradientEncoding;
import java.util.List;
import java.util.function.Consumer;

/** What publishing costs a run of a million parameters, to a real broker in a JVM of its own. */
final class PublishingRow implements Row {
  private static final ComparedFormat ARITHMETIC = ComparedFormat.FLOAT32;
  private static final Network NETWORK = Network.mlp(3_072, 300, 300);
  private static final Hyperparameters HYPERPARAMETERS = new Hyperparameters(0.1, 3e-3);

  /**
   * After two rounds of ten steps the compilers still took a tenth of a step with gradients, 14 ms,
   * and 11 ms of one with ready bytes, but nothing of one without.
   */
  private static final int WARMUPS = 8;

  private static final GradientCadence EVERY_STEP =
      new GradientCadence(1, GradientEncoding.GRADIENT_ENCODING_F32);

  private enum Contender {
    OFF,
    WITHOUT_GRADIENTS,
    WITH_GRADIENTS,
    READY_BYTES
  }

  @Override
  public String name() {
    return "publishing";
  }

  @Override
  public String title(Conditions conditions) {
    return "publishing, MLP-BN 3072-300-300-10 (1.01 million weights), n = %d, %s"
        .formatted(examples(conditions), ARITHMETIC);
  }

  @Override
  public boolean needsPeer() {
    return false;
  }

  private static int examples(Conditions conditions) {
    return conditions.choose(5_000, 1_000);
  }

  @Override
  public List<Line> measure(Conditions conditions, Consumer<String> progress) throws Exception {
    progress.accept("starting a broker");
    Sample sample = Sample.random(examples(conditions), 3_072, 10, 1);
    int steps = conditions.choose(10, 5);
    int rounds = conditions.choose(11, 3);
    try (BrokerProcess broker = BrokerProcess.start();
        Kernels kernels = ARITHMETIC.kernels(conditions.threads());
        PublishedRun run =
            new PublishedRun(
                NETWORK.landscape(kernels, sample.on(kernels)),
                NETWORK.initialWeights(),
                HYPERPARAMETERS,
                broker.bootstrapServers())) {
      Times<Contender> times =
          new Interleaved<Contender>(System::nanoTime)
              .with(Contender.OFF, () -> run.train(steps))
              .with(
                  Contender.WITHOUT_GRADIENTS,
                  () -> run.trainAndPublish(steps, GradientCadence.NONE))
              .with(Contender.WITH_GRADIENTS, () -> run.trainAndPublish(steps, EVERY_STEP))
              .with(
                  Contender.READY_BYTES, () -> run.trainAndSendReady(steps, EVERY_STEP.encoding()))
              .measure(
                  WARMUPS,
                  rounds,
                  round -> progress.accept("round " + round + " of " + (rounds + WARMUPS)));
      return lines(times, steps);
    }
  }

  private static List<Line> lines(Times<Contender> times, int steps) {
    return List.of(
        Line.information(
            "publishing off",
            // quartiles of a rate: the faster, the less time
            times.of(Contender.OFF).map(seconds -> seconds / steps),
            Unit.MILLISECONDS),
        Line.measurement(
            "slower by publishing every step without its gradient",
            times.ratio(Contender.WITHOUT_GRADIENTS, Contender.OFF).map(ratio -> ratio - 1),
            Unit.PERCENT,
            Target.atMost(0.02)),
        Line.measurement(
            "slower by publishing every step with its gradient, float32",
            times.ratio(Contender.WITH_GRADIENTS, Contender.OFF).map(ratio -> ratio - 1),
            Unit.PERCENT,
            Target.atMost(0.15)),
        Line.information(
            "slower where a bare producer sends as many bytes, which are ready",
            times.ratio(Contender.READY_BYTES, Contender.OFF).map(ratio -> ratio - 1),
            Unit.PERCENT));
  }
}
