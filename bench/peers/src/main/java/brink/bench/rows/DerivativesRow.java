package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.Interleaved;
import brink.bench.statistics.SampleSpread;
import brink.bench.statistics.Times;
import brink.bench.torch.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Gradient and Hessian-vector product of one network, the engine's beside libtorch's.
 *
 * @param name on the command line
 * @param words for the network
 * @param full effort
 * @param quick effort
 * @param agreement largest relative difference of correct results in float32
 * @param targets what the ratios are meant to be
 */
record DerivativesRow(
    String name,
    String words,
    Network network,
    Effort full,
    Effort quick,
    double agreement,
    Targets targets)
    implements Row {
  private static final ComparedFormat ARITHMETIC = ComparedFormat.FLOAT32;
  private static final int CLASSES = 10;

  /** Libtorch's graph and its temporaries take two to three times what the engine does. */
  private static final int PEER_MEMORY = 3;

  /** Largest cost of a Hessian-vector product in units of X·W; the arithmetic alone is 2.1. */
  private static final double PRODUCTS = 2.4;

  /** Number of examples, rounds that do not count and rounds that do. */
  record Effort(int examples, int warmups, int rounds) {}

  /** Largest quotients of the engine's times and libtorch's. */
  record Targets(double gradient, double product) {}

  private enum Contender {
    UNIT,
    GRADIENT,
    PEER_GRADIENT,
    PRODUCT,
    PAIR,
    PEER_RETAINED,
    PEER_PRODUCT
  }

  @Override
  public String title(Conditions conditions) {
    return "%s, n = %d, %s".formatted(words, effort(conditions).examples, ARITHMETIC);
  }

  private Effort effort(Conditions conditions) {
    return conditions.quick() ? quick : full;
  }

  @Override
  public List<Line> measure(Conditions conditions, Consumer<String> progress) {
    progress.accept("building both sides");
    Effort effort = effort(conditions);
    requireMemory(effort.examples);
    Sample sample = Sample.random(effort.examples, network.input().features(), CLASSES, 1);
    try (Contest both = network.contest(sample, ARITHMETIC, conditions.threads())) {
      List<Line> lines = new ArrayList<>(ResultAgreement.of(both, "", agreement));
      int rounds = effort.warmups + effort.rounds;
      Times<Contender> times =
          contenders(both)
              .measure(
                  effort.warmups,
                  effort.rounds,
                  round -> progress.accept("round " + round + " of " + rounds));
      lines.addAll(ratios(times));
      lines.addAll(both.unit() == null ? absolute(times) : inUnits(times));
      return lines;
    }
  }

  private void requireMemory(int examples) {
    long engine =
        network.spec().memory(network.input(), CLASSES, ARITHMETIC.precision()).bytes(examples, 0);
    Memory.require((1 + PEER_MEMORY) * engine);
  }

  private static Interleaved<Contender> contenders(Contest both) {
    Interleaved<Contender> contenders =
        new Interleaved<Contender>(System::nanoTime).settledBy(Torch::rest);
    if (both.unit() != null) {
      contenders.with(Contender.UNIT, both.unit());
    }
    return contenders
        .with(Contender.GRADIENT, both::gradient)
        .with(Contender.PEER_GRADIENT, both.peer()::gradient)
        .with(Contender.PRODUCT, both::hessianVectorProduct)
        .with(Contender.PAIR, both::hessianVectorProducts)
        .with(Contender.PEER_RETAINED, both.peer()::retainedHessianVectorProduct)
        .with(Contender.PEER_PRODUCT, both.peer()::hessianVectorProduct);
  }

  private List<Line> ratios(Times<Contender> times) {
    return List.of(
        Line.measurement(
            "gradient: engine / libtorch",
            times.ratio(Contender.GRADIENT, Contender.PEER_GRADIENT),
            Unit.RATIO,
            Target.atMost(targets.gradient)),
        Line.measurement(
            "HVP: engine, primal passes cached / libtorch, graph retained",
            times.ratio(Contender.PRODUCT, Contender.PEER_RETAINED),
            Unit.RATIO,
            Target.atMost(targets.product)),
        Line.measurement(
            "HVP: engine, one of two at once / libtorch, graph retained",
            times.ratio(Contender.PAIR, Contender.PEER_RETAINED).map(DerivativesRow::each),
            Unit.RATIO,
            Target.atMost(targets.product)),
        Line.information(
            "HVP: engine, primal passes cached / libtorch, from scratch",
            times.ratio(Contender.PRODUCT, Contender.PEER_PRODUCT),
            Unit.RATIO));
  }

  private static List<Line> absolute(Times<Contender> times) {
    return times.seconds().keySet().stream()
        .map(c -> Line.information(inWords(c), each(c, times.of(c)), Unit.MILLISECONDS))
        .toList();
  }

  private static List<Line> inUnits(Times<Contender> times) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.information(inWords(Contender.UNIT), times.of(Contender.UNIT), Unit.MILLISECONDS));
    for (Contender contender : times.seconds().keySet()) {
      SampleSpread products = each(contender, times.ratio(contender, Contender.UNIT));
      switch (contender) {
        case UNIT -> {}
        case PRODUCT, PAIR ->
            lines.add(
                Line.measurement(
                    inWords(contender), products, Unit.PRODUCTS, Target.atMost(PRODUCTS)));
        case GRADIENT, PEER_GRADIENT, PEER_RETAINED, PEER_PRODUCT ->
            lines.add(Line.information(inWords(contender), products, Unit.PRODUCTS));
      }
    }
    return lines;
  }

  private static SampleSpread each(Contender contender, SampleSpread spread) {
    return contender == Contender.PAIR ? spread.map(DerivativesRow::each) : spread;
  }

  private static double each(double ofPair) {
    return ofPair / Contest.PAIR;
  }

  private static String inWords(Contender contender) {
    return switch (contender) {
      case UNIT -> "engine: X·W of the first layer";
      case GRADIENT -> "engine: gradient";
      case PEER_GRADIENT -> "libtorch: gradient";
      case PRODUCT -> "engine: HVP";
      case PAIR -> "engine: HVP, one of two at once";
      case PEER_RETAINED -> "libtorch: HVP, graph retained";
      case PEER_PRODUCT -> "libtorch: HVP, from scratch";
    };
  }
}
