package brink.monitor.cli;

import brink.monitor.replay.AlignedChange;
import brink.monitor.replay.Replayed;
import brink.monitor.replay.Stay;
import brink.monitor.replay.WhatIf;
import brink.monitor.report.ForecastScore;
import brink.v1.Forecast;
import brink.v1.Regime;
import brink.v1.RegimeChanged;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run under two settings, in lines for people. */
record WhatIfText(WhatIf whatIf) {
  /** Forecasts are scored this far ahead if any are, in units of flow time. */
  private static final double HORIZON = 0.5;

  /** Everything but what the record says; the last line is the verdict on the verdicts. */
  List<String> lines() {
    List<String> lines = new ArrayList<>(changes());
    lines.add("");
    lines.addAll(wholeRun());
    lines.add("");
    lines.add(conclusion());
    return lines;
  }

  private List<String> changes() {
    List<List<String>> rows = new ArrayList<>();
    for (AlignedChange row : whatIf.changes()) {
      RegimeChanged any = Objects.requireNonNull(first(row));
      rows.add(
          List.of(
              RegimeSentence.name(any.getTo()),
              place(row.baseline()),
              place(row.changed()),
              difference(row)));
    }
    return FittedTable.wide(List.of("CHANGE TO", "BASELINE", "CHANGED", "DIFFERENCE"), rows);
  }

  private List<String> wholeRun() {
    Replayed baseline = whatIf.baseline();
    Replayed changed = whatIf.changed();
    List<List<String>> rows = new ArrayList<>();
    for (Regime regime : Regime.values()) {
      if (baseline.stays().containsKey(regime) || changed.stays().containsKey(regime)) {
        rows.add(
            List.of(RegimeSentence.name(regime), stay(baseline, regime), stay(changed, regime)));
      }
    }
    rows.add(List.of("alerting changes", alerting(baseline), alerting(changed)));
    rows.add(List.of("forecasts", forecasts(baseline), forecasts(changed)));
    return FittedTable.wide(List.of("WHOLE RUN", "BASELINE", "CHANGED"), rows);
  }

  private String conclusion() {
    if (whatIf.isSame()) {
      return "the verdicts are the same";
    }
    List<AlignedChange> both =
        whatIf.changes().stream().filter(row -> row.shift() != null && !row.isSame()).toList();
    long missing = whatIf.changes().stream().filter(row -> row.changed() == null).count();
    long added = whatIf.changes().stream().filter(row -> row.baseline() == null).count();
    List<String> parts = new ArrayList<>();
    if (!both.isEmpty()) {
      parts.add("%d changed%s".formatted(both.size(), worstShift(both)));
    }
    if (missing > 0) {
      parts.add(missing + " only with the baseline");
    }
    if (added > 0) {
      parts.add(added + " only with the changed settings");
    }
    return "differ: of %d regime changes %s"
        .formatted(whatIf.changes().size(), String.join(", ", parts));
  }

  private static String worstShift(List<AlignedChange> both) {
    long worst =
        both.stream().map(AlignedChange::shift).mapToLong(WhatIfText::size).max().orElse(0);
    return worst == 0 ? "" : " (by %s at most)".formatted(steps(worst));
  }

  private static long size(@Nullable Long shift) {
    return shift == null ? 0 : Math.abs(shift);
  }

  private static @Nullable RegimeChanged first(AlignedChange row) {
    return row.baseline() != null ? row.baseline() : row.changed();
  }

  private static String place(@Nullable RegimeChanged change) {
    if (change == null) {
      return "-";
    }
    String place = "step " + change.getDetectedAtStep();
    return change.hasOnsetStep() ? place + ", onset " + change.getOnsetStep() : place;
  }

  private static String difference(AlignedChange row) {
    RegimeChanged baseline = row.baseline();
    RegimeChanged changed = row.changed();
    if (baseline == null) {
      return "only with the changed settings";
    }
    if (changed == null) {
      return "only with the baseline";
    }
    if (row.isSame()) {
      return "same";
    }
    List<String> parts = new ArrayList<>();
    if (baseline.getFrom() != changed.getFrom()) {
      parts.add(
          "out of %s instead of %s"
              .formatted(
                  RegimeSentence.name(changed.getFrom()), RegimeSentence.name(baseline.getFrom())));
    }
    addShift(parts, "", changed.getDetectedAtStep() - baseline.getDetectedAtStep());
    if (baseline.hasOnsetStep() && changed.hasOnsetStep()) {
      addShift(parts, "onset ", changed.getOnsetStep() - baseline.getOnsetStep());
    }
    return parts.isEmpty() ? "another onset interval or episode" : String.join(", ", parts);
  }

  private static void addShift(List<String> parts, String what, long shift) {
    if (shift != 0) {
      parts.add(what + steps(Math.abs(shift)) + (shift > 0 ? " later" : " earlier"));
    }
  }

  private static String steps(long count) {
    return count == 1 ? "1 step" : count + " steps";
  }

  private static String stay(Replayed replayed, Regime regime) {
    Stay stay = replayed.stays().getOrDefault(regime, Stay.NONE);
    return String.format(Locale.ROOT, "%s, flow time %.3f", steps(stay.steps()), stay.flowTime());
  }

  private static String alerting(Replayed replayed) {
    return WhatIf.alerting(replayed) + " to EDGE, CATAPULT, CHAOTIC or DIVERGED";
  }

  /** How far ahead forecasts are scored: the nearest horizon to the usual one that there is. */
  static double horizon(Replayed replayed) {
    return replayed.fits().stream()
        .flatMap(fit -> fit.getForecastsList().stream())
        .map(Forecast::getHorizon)
        .distinct()
        .min(Comparator.comparingDouble(horizon -> Math.abs(horizon - HORIZON)))
        .orElse(HORIZON);
  }

  private static String forecasts(Replayed replayed) {
    return ForecastScore.of(replayed.fits(), horizon(replayed))
        .map(
            score ->
                String.format(
                    Locale.ROOT,
                    "%d for %.1f units ahead, off by %.2f %% (median; worst %.2f %%)",
                    score.forecasts(),
                    score.horizon(),
                    100 * score.median(),
                    100 * score.worst()))
        .orElse("none whose time came");
  }
}
