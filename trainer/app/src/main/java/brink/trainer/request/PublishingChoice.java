package brink.trainer.request;

import brink.v1.GradientEncoding;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Kafka is told of a run.
 *
 * @param runId key of all its records; null for one that is made up
 * @param name for people; null for the problem's and the data's
 * @param group that runs of a study share; empty for none
 * @param tags free labels
 * @param gradientsEvery cadence in steps of published gradients; 0 is never, null is 1 for small
 *     networks and as many bytes a step for large ones
 * @param encoding number format of published gradients
 */
public record PublishingChoice(
    @Nullable String runId,
    @Nullable String name,
    String group,
    Map<String, String> tags,
    @Nullable Integer gradientsEvery,
    GradientEncoding encoding) {
  public PublishingChoice {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
  }
}
