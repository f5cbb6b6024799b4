package brink.monitor.metrics;

import brink.v1.RunStarted;
import io.micrometer.core.instrument.Tags;

/** What a run is, as labels of {@code brink_run_info}; empty where the producer did not say. */
final class RunInfo {
  private RunInfo() {}

  static Tags tags(String runId, RunStarted started) {
    return Tags.of(
        "run", runId,
        "name", started.getName(),
        "group", started.getGroup(),
        "problem", started.getProblem(),
        "network", started.getNetwork(),
        "dataset", started.getDataset(),
        "precision", started.getPrecision(),
        "producer", started.getProducer().getName(),
        "producer_version", started.getProducer().getVersion(),
        "device", started.getProducer().getDevice(),
        "learning_rate", started.hasLearningRate() ? "" + started.getLearningRate() : "",
        "weight_decay", started.hasWeightDecay() ? "" + started.getWeightDecay() : "");
  }
}
