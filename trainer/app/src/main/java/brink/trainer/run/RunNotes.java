package brink.trainer.run;

import brink.trainer.descent.HyperparameterSchedule;
import brink.trainer.descent.Schedule;
import brink.trainer.flow.FlowPredictor;
import brink.trainer.problem.InvarianceNotes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a person should know before a run. */
final class RunNotes {
  /** A pause that a person notices. */
  private static final double NOTEWORTHY_SECONDS = 0.5;

  private RunNotes() {}

  /** Lines for the console. */
  static List<String> of(RunPlan plan) {
    List<String> notes = new ArrayList<>();
    if (plan.problem().data() != null) {
      plan.problem().data().warnings().forEach(warning -> notes.add("data: " + warning));
    }
    notes.addAll(InvarianceNotes.of(plan.problem()));
    HyperparameterSchedule schedule = plan.descent().schedule();
    long steps = plan.descent().steps();
    addBeyond(notes, "--learning-rate-schedule", schedule.learningRate(), steps);
    addBeyond(notes, "--weight-decay-schedule", schedule.weightDecay(), steps);
    if (plan.descent().predictions().on()) {
      addCost(notes, plan.problem().landscape().dimension(), plan.descent().predictions().every());
    }
    return notes;
  }

  // A ramp over the whole run ends one step after its last.
  private static void addBeyond(List<String> notes, String option, Schedule schedule, long steps) {
    schedule
        .corners()
        .filter(step -> step > steps)
        .max()
        .ifPresent(
            step ->
                notes.add(
                    "%s: %s goes on to step %d, but the run has %d steps (--steps)"
                        .formatted(option, schedule, step, steps)));
  }

  private static void addCost(List<String> notes, int dimension, int every) {
    double seconds = FlowPredictor.seconds(dimension);
    if (seconds >= NOTEWORTHY_SECONDS) {
      notes.add(
          String.format(
              Locale.ROOT,
              "--predict-flow: with %d weights a prediction takes some %.1f s, and there is one"
                  + " every %d steps",
              dimension,
              seconds,
              every));
    }
  }
}
