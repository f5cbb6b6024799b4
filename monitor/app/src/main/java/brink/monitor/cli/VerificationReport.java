package brink.monitor.cli;

import brink.monitor.replay.GradientCheck;
import brink.monitor.replay.Verification;
import brink.monitor.replay.Verification.Behind;
import brink.monitor.replay.Verification.Different;
import brink.monitor.replay.Verification.Same;
import brink.monitor.text.Printable;
import brink.monitor.web.Json;
import brink.v1.RegimeChanged;
import java.io.PrintWriter;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a verification found, for people. */
final class VerificationReport {
  private VerificationReport() {}

  /** Prints it and gives the exit code. */
  static int print(PrintWriter out, Verification verification) {
    return switch (verification) {
      case Same(int changes) -> {
        out.println("verified: all %d recorded regime changes are the same".formatted(changes));
        yield Failures.OK;
      }
      case Behind(int recorded, int replayed, long records) -> {
        out.println(
            "not verified: the monitor has %d of %d regime changes and is %d records behind; run ./brink monitor, and this again when it has caught up"
                .formatted(recorded, replayed, records));
        yield Failures.FAILED;
      }
      case Different(int index, var recorded, var replayed) -> {
        out.println("DIFFERENT: regime change %d".formatted(index + 1));
        out.println("  recorded: " + describe(recorded));
        out.println("  replayed: " + describe(replayed));
        yield Failures.FAILED;
      }
    };
  }

  /** Prints whether the published gradients are those of the steps, where there are any. */
  static int print(PrintWriter out, GradientCheck gradients) {
    if (gradients.fault().isPresent()) {
      out.println("DIFFERENT: " + Printable.of(gradients.fault().get()));
      return Failures.FAILED;
    }
    if (gradients.withoutStep() > 0) {
      out.println(
          "DIFFERENT: %d of %d published gradients belong to no step that is there"
              .formatted(gradients.withoutStep(), gradients.withoutStep() + gradients.compared()));
      return Failures.FAILED;
    }
    if (gradients.hasGradients()) {
      out.println(
          "verified: ‖∇L‖² of %d published gradients is that of their steps"
              .formatted(gradients.compared()));
    }
    return Failures.OK;
  }

  /** Prints those of many runs: each that is not the same, and how many are. */
  static int print(PrintWriter out, SortedMap<String, Verification> verified) {
    int worst = Failures.OK;
    long same = 0;
    for (Map.Entry<String, Verification> run : verified.entrySet()) {
      if (run.getValue() instanceof Same) {
        same++;
      } else {
        out.println("run " + Printable.of(run.getKey()));
        worst = Math.max(worst, print(out, run.getValue()));
      }
    }
    out.println(
        "verified: the recorded regime changes of %d of %d runs are the same"
            .formatted(same, verified.size()));
    return worst;
  }

  private static String describe(@Nullable RegimeChanged change) {
    return change == null ? "none" : Printable.of(Json.line(change));
  }

  /** In one line, where the replay is the baseline of a comparison. */
  static String asBaseline(Verification verification) {
    return switch (verification) {
      case Same(int changes) ->
          "the %d recorded regime changes are the baseline's".formatted(changes);
      case Behind(int recorded, int replayed, long records) ->
          "the monitor has recorded %d of the baseline's %d regime changes and is %d records behind"
              .formatted(recorded, replayed, records);
      case Different(int index, var _, var _) ->
          "the recorded regime changes are not the baseline's, from number %d on; --verify shows it"
              .formatted(index + 1);
    };
  }
}
