package brink.bench.rows;

import brink.bench.report.Line;
import brink.bench.report.Target;
import brink.bench.report.Unit;
import brink.bench.statistics.Interleaved;
import brink.bench.statistics.Spread;
import brink.bench.statistics.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Gradient and Hessian-vector product of one network, the engine's beside libtorch's.
 *
 * @param name on the command line
 * @param network in words, without the number of examples
 * @param examples full and quick number
 * @param targets what the ratios are meant to be
 * @param contest makes both sides for a number of examples and of threads
 */
record DerivativesRow(
    String name,
    String network,
    Examples examples,
    Targets targets,
    Function<Setting, Contest> contest)
    implements Row {
  private static final Arithmetic ARITHMETIC = Arithmetic.FLOAT64;
  private static final int WARMUPS = 3;

  /** Largest cost of a Hessian-vector product in units of X·W; the arithmetic alone is 2.1. */
  private static final double PRODUCTS = 2.4;

  /** Number of examples. */
  record Examples(int full, int quick) {}

  /** Largest quotients of the engine's times and libtorch's. */
  record Targets(double gradient, double product) {}

  /** What a contest is made for. */
  record Setting(int examples, Arithmetic arithmetic, int threads) {}

  private enum Contender {
    UNIT,
    GRADIENT,
    PEER_GRADIENT,
    PRODUCT,
    PEER_RETAINED,
    PEER_PRODUCT
  }

  @Override
  public String title(Conditions conditions) {
    return "%s, n = %d, %s".formatted(network, size(conditions), ARITHMETIC);
  }

  private int size(Conditions conditions) {
    return conditions.choose(examples.full, examples.quick);
  }

  @Override
  public List<Line> measure(Conditions conditions, Consumer<String> progress) {
    progress.accept("building both sides");
    Setting setting = new Setting(size(conditions), ARITHMETIC, conditions.threads());
    try (Contest both = contest.apply(setting)) {
      List<Line> lines = new ArrayList<>(Agreement.of(both, ARITHMETIC.agreement()));
      int rounds = conditions.choose(15, 5);
      Times<Contender> times =
          contenders(both)
              .measure(
                  WARMUPS,
                  rounds,
                  round -> progress.accept("round " + round + " of " + (rounds + WARMUPS)));
      lines.addAll(ratios(times));
      lines.addAll(both.unit() == null ? absolute(times) : inUnits(times));
      return lines;
    }
  }

  private static Interleaved<Contender> contenders(Contest both) {
    Interleaved<Contender> contenders = new Interleaved<>(System::nanoTime);
    if (both.unit() != null) {
      contenders.with(Contender.UNIT, both.unit());
    }
    return contenders
        .with(Contender.GRADIENT, both::gradient)
        .with(Contender.PEER_GRADIENT, both.peer()::gradient)
        .with(Contender.PRODUCT, both::hessianVectorProduct)
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
        Line.information(
            "HVP: engine, primal passes cached / libtorch, from scratch",
            times.ratio(Contender.PRODUCT, Contender.PEER_PRODUCT),
            Unit.RATIO));
  }

  private static List<Line> absolute(Times<Contender> times) {
    return times.seconds().keySet().stream()
        .map(c -> Line.information(inWords(c), times.of(c), Unit.MILLISECONDS))
        .toList();
  }

  private static List<Line> inUnits(Times<Contender> times) {
    List<Line> lines = new ArrayList<>();
    lines.add(
        Line.information(inWords(Contender.UNIT), times.of(Contender.UNIT), Unit.MILLISECONDS));
    for (Contender contender : times.seconds().keySet()) {
      Spread products = times.ratio(contender, Contender.UNIT);
      switch (contender) {
        case UNIT -> {}
        case PRODUCT ->
            lines.add(
                Line.measurement(
                    inWords(contender), products, Unit.PRODUCTS, Target.atMost(PRODUCTS)));
        case GRADIENT, PEER_GRADIENT, PEER_RETAINED, PEER_PRODUCT ->
            lines.add(Line.information(inWords(contender), products, Unit.PRODUCTS));
      }
    }
    return lines;
  }

  private static String inWords(Contender contender) {
    return switch (contender) {
      case UNIT -> "engine: X·W of the first layer";
      case GRADIENT -> "engine: gradient";
      case PEER_GRADIENT -> "libtorch: gradient";
      case PRODUCT -> "engine: HVP";
      case PEER_RETAINED -> "libtorch: HVP, graph retained";
      case PEER_PRODUCT -> "libtorch: HVP, from scratch";
    };
  }
}
