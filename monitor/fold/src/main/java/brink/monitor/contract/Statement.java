package brink.monitor.contract;

import static brink.monitor.contract.StepField.DIRECTIONAL_CURVATURE;
import static brink.monitor.contract.StepField.DIRECT_GRADIENT;
import static brink.monitor.contract.StepField.FLOW_TEST;
import static brink.monitor.contract.StepField.GRADIENT_COSINE;
import static brink.monitor.contract.StepField.ITERATE_SHARPNESS;
import static brink.monitor.contract.StepField.LOSS;
import static brink.monitor.contract.StepField.MIDPOINT_LOSS;
import static brink.monitor.contract.StepField.MIDPOINT_SHARPNESS;
import static brink.monitor.contract.StepField.SECOND_EIGENVALUE;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the monitor may say of a run, and which fields it says it by, beyond those that every step
 * has to carry.
 */
public enum Statement {
  DIVERGED("DIVERGED: a value is no longer finite"),
  EXPLODED("DIVERGED: the loss exploded and did not come back"),
  LEDGER("scale invariance, by the norm ledger"),
  EDGE("EDGE and STABLE, with an onset"),
  CATAPULT("CATAPULT, after an edge"),
  FORECAST("forecasts of sharpness, at the edge"),
  STABILITY_RATIO("the stability ratio, as measured"),
  STEPS_TO_EDGE("steps to the edge, before it"),
  CHAOTIC("CHAOTIC"),
  SETTLED("SETTLED"),
  FLOWING("FLOWING, a test of the flow"),
  NEXT_EIGENVALUE("steps to the next eigenvalue, at the edge"),
  EXCESS_LOSS("the excess loss, measured");

  private final String label;

  Statement(String label) {
    this.label = label;
  }

  /** For people. */
  public String label() {
    return label;
  }

  /** Sets of fields, of each of which one is needed; empty where nothing more is. */
  public List<Set<StepField>> needs() {
    Set<StepField> sharpness = EnumSet.of(ITERATE_SHARPNESS, MIDPOINT_SHARPNESS);
    return switch (this) {
      case DIVERGED, LEDGER -> List.of();
      case EXPLODED -> List.of(EnumSet.of(LOSS));
      case EDGE, CATAPULT, FORECAST ->
          List.of(
              EnumSet.of(
                  GRADIENT_COSINE, DIRECTIONAL_CURVATURE, ITERATE_SHARPNESS, MIDPOINT_SHARPNESS));
      case STABILITY_RATIO, STEPS_TO_EDGE, CHAOTIC, SETTLED -> List.of(sharpness);
      case FLOWING -> List.of(sharpness, EnumSet.of(DIRECT_GRADIENT, FLOW_TEST));
      case NEXT_EIGENVALUE -> List.of(EnumSet.of(SECOND_EIGENVALUE));
      case EXCESS_LOSS -> List.of(EnumSet.of(LOSS), EnumSet.of(MIDPOINT_LOSS));
    };
  }

  /** Whether these fields are enough. */
  public boolean isPossibleWith(Set<StepField> fields) {
    return fields.containsAll(StepField.REQUIRED)
        && needs().stream().noneMatch(any -> Collections.disjoint(any, fields));
  }

  /** What is needed, in words, such as "loss, and sharpness at the iterate or flow_test". */
  public String needed() {
    return words(needs());
  }

  /** What is needed and not among these fields, in words; empty where nothing is. */
  public String missing(Set<StepField> fields) {
    return words(needs().stream().filter(any -> Collections.disjoint(any, fields)).toList());
  }

  private static String words(List<Set<StepField>> needs) {
    return needs.stream()
        .map(any -> any.stream().map(StepField::label).collect(Collectors.joining(" or ")))
        .collect(Collectors.joining(", and "));
  }
}
