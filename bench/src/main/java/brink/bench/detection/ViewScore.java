package brink.bench.detection;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The scores of many runs in one view. */
record ViewScore(List<RunScore> scores) {
  static ViewScore of(List<RunScore> scores) {
    return new ViewScore(scores);
  }

  private double quantile(double q) {
    double[] delays =
        scores.stream()
            .map(RunScore::delay)
            .filter(Objects::nonNull)
            .mapToDouble(Long::doubleValue)
            .sorted()
            .toArray();
    return delays.length == 0 ? Double.NaN : delays[(int) Math.ceil(q * delays.length) - 1];
  }

  String line(View view, boolean heldOut) {
    long onsets = scores.stream().mapToLong(RunScore::onsets).sum();
    long found = scores.stream().filter(s -> s.delay() != null).count();
    long covered = scores.stream().filter(s -> Boolean.TRUE.equals(s.covered())).count();
    double[] errors =
        scores.stream()
            .map(RunScore::approach)
            .filter(Objects::nonNull)
            .mapToDouble(a -> Math.abs(a.relativeError()))
            .sorted()
            .toArray();
    long within =
        scores.stream().filter(s -> s.approach() != null && s.approach().covered()).count();
    return String.format(
        Locale.ROOT,
        "%-34s %-5s found %d/%d delay %.0f/%.0f covered %d false %d in %d again %d later %d/%d"
            + " catapults %d/%d false %d | approach n=%d median %.3f covered %d",
        view.words(),
        heldOut ? "held" : "tune",
        found,
        onsets,
        quantile(0.5),
        quantile(0.95),
        covered,
        scores.stream().mapToLong(RunScore::falseAlarms).sum(),
        scores.stream().mapToLong(RunScore::negativeSteps).sum(),
        scores.stream().mapToLong(RunScore::again).sum(),
        scores.stream().mapToLong(RunScore::laterFound).sum(),
        scores.stream().mapToLong(RunScore::later).sum(),
        scores.stream().mapToLong(RunScore::catapultsFound).sum(),
        scores.stream().mapToLong(RunScore::catapults).sum(),
        scores.stream().mapToLong(RunScore::falseCatapults).sum(),
        errors.length,
        errors.length == 0 ? Double.NaN : errors[errors.length / 2],
        within);
  }
}
