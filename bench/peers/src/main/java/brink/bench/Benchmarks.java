package brink.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all benchmarks and prints a table; takes JMH's own options. */
public final class Benchmarks {
  /** What the derivatives of a network are measured in. */
  private static final String UNIT = "LinearizationBenchmark.matrixProduct";

  private Benchmarks() {}

  /** Runs what the arguments choose, for example {@code -f 1 -wi 2 -i 3 Fold}. */
  public static void main(String[] arguments) throws CommandLineOptionException, RunnerException {
    var options = new OptionsBuilder().parent(new CommandLineOptions(arguments)).build();
    System.out.print(table(new Runner(options).run()));
  }

  private static String table(Collection<RunResult> runs) {
    Map<String, Result<?>> results = new TreeMap<>();
    for (RunResult run : runs) {
      results.put(
          run.getParams().getBenchmark().replace("brink.bench.", ""), run.getPrimaryResult());
    }
    StringBuilder table =
        new StringBuilder("\n| benchmark | time | ± (99.9 %) | in X·W |\n|---|---|---|---|\n");
    results.forEach(
        (name, result) -> table.append(row(name, result, ratio(name, result, results))));
    return table.toString();
  }

  private static String row(String name, Result<?> result, String ratio) {
    String unit = result.getScoreUnit().replace("/op", "").replace("us", "µs");
    return String.format(
        Locale.ROOT,
        "| %s | %.3f %s | %.3f | %s |%n",
        name,
        result.getScore(),
        unit,
        result.getScoreError(),
        ratio);
  }

  private static String ratio(String name, Result<?> result, Map<String, Result<?>> results) {
    Result<?> unit = results.get(UNIT);
    return unit == null || !name.startsWith("LinearizationBenchmark")
        ? ""
        : String.format(Locale.ROOT, "%.2f", result.getScore() / unit.getScore());
  }
}
