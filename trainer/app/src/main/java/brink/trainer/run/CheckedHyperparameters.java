package brink.trainer.run;

import brink.trainer.descent.DescentRule;
import brink.trainer.descent.HyperparameterSchedule;
import brink.trainer.descent.Hyperparameters;
import brink.trainer.descent.Schedule;
import brink.trainer.problem.ProblemKind;
import brink.trainer.request.HyperparameterChoice;
import brink.trainer.request.OptionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** η and λ_wd of a run, checked as the options that a person gives. */
final class CheckedHyperparameters {
  private CheckedHyperparameters() {}

  /**
   * What the run starts with.
   *
   * @throws OptionException naming the option whose value is not allowed
   */
  static Hyperparameters initial(
      HyperparameterChoice choice, ProblemKind.Defaults defaults, DescentRule rule) {
    boolean sphere = rule instanceof DescentRule.Sphere;
    double rate = Objects.requireNonNullElse(choice.learningRate(), defaults.learningRate());
    double decay =
        Objects.requireNonNullElse(choice.weightDecay(), sphere ? 0 : defaults.weightDecay());
    if (!(rate > 0 && Double.isFinite(rate))) {
      throw new OptionException("--learning-rate must be a number above 0, found " + rate);
    }
    if (!(decay >= 0 && Double.isFinite(decay))) {
      throw new OptionException("--weight-decay must be 0 or more, found " + decay);
    }
    if (sphere && (decay != 0 || choice.weightDecaySchedule() != null)) {
      throw new OptionException(
          "--update sphere has no weight decay; leave out --weight-decay and"
              + " --weight-decay-schedule");
    }
    if (!(rate * decay < 1)) {
      throw new OptionException(
          "--learning-rate %s times --weight-decay %s is %s and must be below 1: one step would decay the weights to nothing"
              .formatted(rate, decay, rate * decay));
    }
    return new Hyperparameters(rate, decay);
  }

  /**
   * Refuses schedules that leave the allowed values at some step of the run.
   *
   * @throws OptionException naming schedule, step and values
   */
  static void check(HyperparameterSchedule schedule, long steps, Hyperparameters initial) {
    schedule
        .corners(steps)
        .forEach(
            step -> {
              double rate = schedule.learningRate().at(step, initial.learningRate());
              double decay = schedule.weightDecay().at(step, initial.weightDecay());
              if (!(rate > 0 && rate * decay < 1)) {
                throw new OptionException(
                    "%s: at step %d the learning rate is %s and weight decay %s; the learning rate must be above 0, and their product below 1"
                        .formatted(names(schedule), step, rate, decay));
              }
            });
  }

  private static String names(HyperparameterSchedule schedule) {
    List<String> names = new ArrayList<>();
    add(names, "--learning-rate-schedule", schedule.learningRate());
    add(names, "--weight-decay-schedule", schedule.weightDecay());
    return names.stream().collect(Collectors.joining(" and "));
  }

  private static void add(List<String> names, String option, Schedule schedule) {
    if (!schedule.equals(Schedule.CONSTANT)) {
      names.add(option + " " + schedule);
    }
  }
}
