package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.Interleaved;
import brink.bench.statistics.Times;
import brink.bench.torch.Torch;
import brink.trainer.descent.CurvaturePoints;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * What knowing the sharpness at every step costs at the edge, and how exact it is: the engine's
 * warm-started probe beside Lanczos from scratch.
 *
 * @param name on the command line
 * @param words for the network and its data
 */
record EdgeRow(String name, String words, Network network, EdgeProblem problem) implements Row {
  private static final int WARMUPS = 2;

  private enum Contender {
    STEPS,
    WITH_ITERATE,
    WITH_MIDPOINT,
    PEER_GRADIENT,
    PEER_LANCZOS
  }

  @Override
  public String title(Conditions conditions) {
    return "step with sharpness at the edge, %s, float64".formatted(words);
  }

  @Override
  public List<Line> measure(Conditions conditions, Consumer<String> progress) {
    try (Contest both =
        network.contest(problem.sample(), ComparedFormat.FLOAT64, conditions.threads())) {
      progress.accept("training to the edge, " + problem.stepsToTheEdge() + " steps");
      EdgeRun run = new EdgeRun(both.engine(), problem.hyperparameters(), network.initialWeights());
      run.moveOn(problem.stepsToTheEdge());
      List<Line> lines = new ArrayList<>(errors(both, run, conditions, progress));
      lines.addAll(costs(both, run, conditions, progress));
      return lines;
    }
  }

  private List<Line> errors(
      Contest both, EdgeRun run, Conditions conditions, Consumer<String> progress) {
    SharpnessErrors errors =
        new SharpnessErrors(
            new WeightTracker(run.weights(), problem.hyperparameters()),
            new PeerSharpness(both.peer()),
            progress);
    run.continueWith(
        CurvaturePoints.BOTH,
        conditions.choose(problem.comparedSteps(), problem.comparedSteps() / 5),
        errors);
    return errors.lines();
  }

  private static List<Line> costs(
      Contest both, EdgeRun run, Conditions conditions, Consumer<String> progress) {
    both.goTo(run.weights());
    PeerSharpness peer = new PeerSharpness(both.peer());
    AtomicInteger products = new AtomicInteger();
    int steps = conditions.choose(50, 40);
    int rounds = conditions.choose(9, 3);
    Times<Contender> times =
        new Interleaved<Contender>(System::nanoTime)
            .settledBy(Torch::rest)
            .with(Contender.STEPS, () -> run.continueWith(CurvaturePoints.NONE, steps, _ -> {}))
            .with(
                Contender.WITH_ITERATE,
                () -> run.continueWith(CurvaturePoints.ITERATE, steps, _ -> {}))
            .with(
                Contender.WITH_MIDPOINT,
                () -> run.continueWith(CurvaturePoints.MIDPOINT, steps, _ -> {}))
            .with(Contender.PEER_GRADIENT, () -> repeat(steps, both.peer()::gradient))
            .with(
                Contender.PEER_LANCZOS,
                () -> products.set(peer.asPublished(both.engine().dimension())))
            .measure(
                WARMUPS,
                rounds,
                round -> progress.accept("costs, round " + round + " of " + (rounds + WARMUPS)));
    return List.of(
        Line.measurement(
            "step with sharpness at the iterate",
            times.ratio(Contender.WITH_ITERATE, Contender.STEPS),
            Unit.STEPS,
            Target.atMost(4)),
        Line.measurement(
            "step with sharpness at the midpoint",
            times.ratio(Contender.WITH_MIDPOINT, Contender.STEPS),
            Unit.STEPS,
            Target.atMost(5)),
        Line.measurement(
            "step with Lanczos from scratch on libtorch, %d products".formatted(products.get()),
            times
                .ratio(Contender.PEER_LANCZOS, Contender.PEER_GRADIENT)
                .map(gradients -> 1 + steps * gradients),
            Unit.STEPS,
            Target.atLeast(30)),
        Line.information(
            "engine: one step without sharpness",
            times.of(Contender.STEPS).map(seconds -> seconds / steps),
            Unit.MILLISECONDS),
        Line.information(
            "libtorch: one gradient",
            times.of(Contender.PEER_GRADIENT).map(seconds -> seconds / steps),
            Unit.MILLISECONDS));
  }

  private static void repeat(int times, Runnable work) {
    for (int i = 0; i < times; i++) {
      work.run();
    }
  }
}
