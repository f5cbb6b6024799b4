package brink.trainer.cli;

import brink.cli.ReplicationOption;
import brink.schemas.KafkaSettings;
import brink.schemas.Topic;
import brink.schemas.TopicCreation;
import brink.trainer.request.OptionException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What topics that are missing are made with. */
final class TopicOptions {
  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "partitions of topics that do not exist yet (default: ${DEFAULT-VALUE})")
  private int partitions = Topic.DEFAULT_PARTITIONS;

  @Mixin private ReplicationOption copies = new ReplicationOption();

  /**
   * Checks what can be checked without Kafka.
   *
   * @throws OptionException if it makes no sense
   */
  void check() {
    if (partitions < 1) {
      throw new OptionException("--partitions must be 1 or more, found " + partitions);
    }
  }

  /**
   * Creates the topics that are missing.
   *
   * @throws brink.schemas.KafkaSetupException if they cannot be created
   */
  void ensure(KafkaSettings kafka) {
    var _ = TopicCreation.ensure(kafka, partitions, copies.replication());
  }
}
