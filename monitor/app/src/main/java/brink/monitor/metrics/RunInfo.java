package brink.monitor.metrics;

import brink.monitor.text.Excerpt;
import brink.v1.RunStarted;
import io.micrometer.core.instrument.Tags;

/**
 * What a run is, as labels of {@code brink_run_info}; empty where the producer did not say, cut
 * where it said too much.
 */
final class RunInfo {
  private static final int MOST_CHARACTERS = 200;

  private RunInfo() {}

  static Tags tags(String runId, RunStarted started) {
    return Tags.of(
        "run", runId,
        "name", label(started.getName()),
        "group", label(started.getGroup()),
        "problem", label(started.getProblem()),
        "network", label(started.getNetwork()),
        "dataset", label(started.getDataset()),
        "precision", label(started.getPrecision()),
        "producer", label(started.getProducer().getName()),
        "producer_version", label(started.getProducer().getVersion()),
        "device", label(started.getProducer().getDevice()),
        "learning_rate", started.hasLearningRate() ? "" + started.getLearningRate() : "",
        "weight_decay", started.hasWeightDecay() ? "" + started.getWeightDecay() : "");
  }

  private static String label(String text) {
    return Excerpt.of(text, MOST_CHARACTERS);
  }
}
