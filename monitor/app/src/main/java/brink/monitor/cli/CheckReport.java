package brink.monitor.cli;

import brink.invariance.DeclaredInvariance;
import brink.monitor.contract.FieldUse;
import brink.monitor.contract.Statement;
import brink.monitor.contract.StepField;
import brink.monitor.geometry.Motion;
import brink.monitor.replay.CheckedStream;
import brink.monitor.text.Printable;
import brink.v1.Rejected;
import brink.v1.RejectionReason;
import brink.v1.RunStarted;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code brink check} says of one run. */
record CheckReport(CheckedStream stream) {
  /** Whether every record could be used and no step is missing. */
  boolean isFaultless() {
    return stream.started() != null
        && stream.replayed().rejected().isEmpty()
        && stream.replayed().missing() == null;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("run       " + Printable.of(stream.replayed().runId()));
    lines.add("start     " + start(stream.started()));
    lines.add("steps     " + steps());
    lines.addAll(rejected());
    lines.add("");
    lines.addAll(FittedTable.wide(List.of("FIELD", "STEPS", "CADENCE"), fields()));
    lines.add("");
    lines.addAll(FittedTable.wide(List.of("WHAT CAN BE SAID", "", "MISSING"), statements()));
    lines.add("");
    lines.addAll(verdicts());
    return lines;
  }

  private static String start(@Nullable RunStarted started) {
    if (started == null) {
      return "none that can be used: publish a RunStarted first, with the run id as its key, and"
          + " wait until Kafka has acknowledged it";
    }
    Motion motion = Motion.of(started);
    String moves = motion.onSphere() ? "on the sphere" : "gradient descent";
    String momentum =
        motion.momentum() == 0
            ? ""
            : String.format(Locale.ROOT, ", momentum %s", motion.momentum());
    return moves + momentum + "; " + invariance(started);
  }

  private static String invariance(RunStarted started) {
    DeclaredInvariance declared = DeclaredInvariance.of(started);
    String words =
        "the producer says that the loss is " + declared.words(DeclaredInvariance.error(started));
    return switch (declared) {
      case EXACT, NEARLY -> words;
      case NONE -> words + ", so that only divergence is looked for";
      case UNKNOWN ->
          "scale_invariant_dimension is not given, so that the norm ledger has to show whether the"
              + " loss is scale-invariant";
    };
  }

  private String steps() {
    String missing = stream.replayed().missing();
    return String.format(Locale.ROOT, "%,d used; ", stream.fields().steps())
        + (missing == null ? "no step is missing" : missing);
  }

  private List<String> rejected() {
    List<Rejected> all = stream.replayed().rejected();
    if (all.isEmpty()) {
      return List.of("rejected  none");
    }
    Map<RejectionReason, List<Rejected>> byReason = new EnumMap<>(RejectionReason.class);
    all.forEach(
        each -> byReason.computeIfAbsent(each.getReason(), _ -> new ArrayList<>()).add(each));
    List<String> lines = new ArrayList<>();
    byReason.forEach(
        (reason, some) ->
            lines.add(
                Printable.of(
                    String.format(
                        Locale.ROOT,
                        "rejected  %,d × %s; the first: %s",
                        some.size(),
                        reason.name().replace("REJECTION_REASON_", ""),
                        some.getFirst().getDetail()))));
    return lines;
  }

  private List<List<String>> fields() {
    List<List<String>> rows = new ArrayList<>();
    for (StepField field : StepField.values()) {
      FieldUse use = stream.fields().use(field);
      rows.add(
          List.of(
              field.label(),
              use.count() == 0 ? missing(field) : BriefNumber.of(use.count()),
              use.cadence()));
    }
    return rows;
  }

  private static String missing(StepField field) {
    return StepField.REQUIRED.contains(field) ? "none, and required" : "none";
  }

  private List<List<String>> statements() {
    List<List<String>> rows = new ArrayList<>();
    for (Statement statement : Statement.values()) {
      boolean possible = statement.isPossibleWith(stream.fields().fields()) && !isUnkept(statement);
      rows.add(
          List.of(statement.label(), possible ? "yes" : "no", possible ? "" : missing(statement)));
    }
    return rows;
  }

  // The ledger is an identity of gradient descent without momentum.
  private boolean isUnkept(Statement statement) {
    RunStarted started = stream.started();
    return statement == Statement.LEDGER && started != null && !Motion.of(started).keepsLedger();
  }

  private String missing(Statement statement) {
    if (isUnkept(statement)) {
      return "gradient descent without momentum";
    }
    return stream.fields().fields().containsAll(StepField.REQUIRED)
        ? statement.missing(stream.fields().fields())
        : "the required fields";
  }

  private List<String> verdicts() {
    return stream.replayed().changes().isEmpty()
        ? List.of("no verdict so far")
        : stream.replayed().changes().stream().map(RegimeSentence::of).toList();
  }
}
