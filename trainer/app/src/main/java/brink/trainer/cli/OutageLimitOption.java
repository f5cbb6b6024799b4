package brink.trainer.cli;

import brink.cli.DurationConverter;
import brink.schemas.KafkaSettings;
import brink.trainer.publish.Outage;
import brink.trainer.request.OptionException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How long a run waits for Kafka. */
final class OutageLimitOption {
  private static final Duration SHORTEST = Duration.ofSeconds(1);

  @Option(
      names = "--outage-limit",
      paramLabel = "TIME",
      converter = DurationConverter.class,
      description =
          "how long the run waits while Kafka accepts nothing, 1s to 23h (default: 12h, or"
              + " delivery.timeout.ms of --config). Meanwhile training pauses once its buffer is"
              + " full, and continues where it was; after that time the run ends and leaves a"
              + " checkpoint for --resume")
  private @Nullable Duration given;

  /**
   * The limit.
   *
   * @throws OptionException if it is too short or too long
   */
  Duration limit(KafkaSettings settings) {
    Duration limit =
        given != null
            ? given
            : Objects.requireNonNullElse(settings.deliveryTimeout(), Outage.DEFAULT_LIMIT);
    if (limit.compareTo(SHORTEST) < 0 || limit.compareTo(Outage.LONGEST_LIMIT) > 0) {
      throw new OptionException(
          "%s must be from 1 s to 23 h, found %d s: brokers forget after a day what a producer sent"
              .formatted(
                  given != null ? "--outage-limit" : "delivery.timeout.ms", limit.toSeconds()));
    }
    return limit;
  }
}
