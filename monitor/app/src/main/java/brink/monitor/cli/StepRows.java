package brink.monitor.cli;

import brink.monitor.records.RecordStore;
import brink.monitor.records.RunMessages;
import brink.monitor.records.RunStarts;
import brink.monitor.report.StepDerivation;
import brink.monitor.report.StepDerivation.Derived;
import brink.schemas.BrinkSerdes;
import brink.schemas.Topic;
import brink.v1.RegimeChanged;
import brink.v1.StepObserved;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps of some runs with every field that was published, and what follows from them. Rows come
 * in the order of the topic: those of a run by step, runs of one partition mixed.
 */
final class StepRows implements Rows {
  /** What follows from a step by definition, and what the monitor had said by then. */
  static final List<String> DERIVED =
      List.of(
          "effective_learning_rate",
          "stability_ratio",
          "edge_sharpness",
          "flow_time",
          "regime",
          "episode");

  private final RunMessages<StepObserved> steps;
  private final RunStarts starts;
  private final List<String> runIds;
  private final Map<String, List<RegimeChanged>> changes;
  private final List<String> recorded;

  /** Reads all steps once: which columns there are is known after the last one only. */
  StepRows(RecordStore store, RunStarts starts, List<String> runIds) {
    this.steps = new RunMessages<>(store, Topic.STEPS, BrinkSerdes.steps(), runIds);
    this.starts = starts;
    this.runIds = runIds;
    this.changes = new RunMessages<>(store, Topic.REGIMES, BrinkSerdes.regimes(), runIds).byRun();
    StepColumns columns = new StepColumns();
    steps.forEach((_, step) -> columns.include(step));
    recorded = columns.names();
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>(recorded);
    names.addAll(StepColumns.AFTER, DERIVED);
    return names;
  }

  @Override
  public void forEach(Consumer<List<String>> action) {
    forEachStep(
        (step, derived) -> {
          List<String> cells = new ArrayList<>(StepColumns.row(recorded, step));
          cells.addAll(StepColumns.AFTER, cells(derived));
          action.accept(cells);
        });
  }

  /** Hands over each step with what follows from it. */
  void forEachStep(BiConsumer<StepObserved, Derived> action) {
    Map<String, StepDerivation> derivations = new HashMap<>();
    for (String runId : runIds) {
      derivations.put(
          runId, new StepDerivation(starts.of(runId), changes.getOrDefault(runId, List.of())));
    }
    steps.forEach(
        (runId, step) -> {
          StepDerivation derivation = derivations.get(runId);
          if (derivation != null) {
            action.accept(step, derivation.of(step));
          }
        });
  }

  private static List<String> cells(Derived derived) {
    return List.of(
        text(derived.effectiveLearningRate()),
        text(derived.stabilityRatio()),
        text(derived.edgeSharpness()),
        text(derived.flowTime()),
        derived.regime() == null ? "" : RegimeSentence.name(derived.regime()),
        derived.episode() == null ? "" : derived.episode().toString());
  }

  /** The same as JSON; what is not known is absent. */
  static JsonObject json(Derived derived) {
    JsonObject json = new JsonObject();
    List<String> cells = cells(derived);
    for (int i = 0; i < DERIVED.size(); i++) {
      String cell = cells.get(i);
      if (cell.isEmpty()) {
        continue;
      }
      if (DERIVED.get(i).equals("regime")) {
        json.addProperty(DERIVED.get(i), cell);
      } else {
        json.addProperty(DERIVED.get(i), Double.valueOf(cell));
      }
    }
    return json;
  }

  private static String text(@Nullable Double value) {
    return value == null ? "" : value.toString();
  }
}
