package brink.monitor.contract;

import brink.v1.StepObserved;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Which fields the steps of one run carry. Takes the steps in their order; one that comes late or
 * twice counts as a step, but its fields do not. Not thread-safe.
 */
public final class FieldCensus {
  private final Map<StepField, FieldUse> uses = new EnumMap<>(StepField.class);
  private long steps;
  private long last = -1;

  /** Takes the next step. */
  public void take(StepObserved step) {
    steps++;
    if (step.getStep() <= last) {
      return;
    }
    last = step.getStep();
    for (StepField field : StepField.values()) {
      if (field.isIn(step)) {
        uses.put(field, use(field).with(step.getStep()));
      }
    }
  }

  /** Number of steps taken. */
  public long steps() {
    return steps;
  }

  /** How often a field is there. */
  public FieldUse use(StepField field) {
    return uses.getOrDefault(field, FieldUse.NONE);
  }

  /** Fields that any step carries. */
  public Set<StepField> fields() {
    Set<StepField> fields = EnumSet.noneOf(StepField.class);
    fields.addAll(uses.keySet());
    return Collections.unmodifiableSet(fields);
  }
}
