package brink.monitor.catalogue;

import java.util.List;

/** The records that could not be used. */
@FunctionalInterface
public interface RejectedDirectory {
  /**
   * The newest of them, newest first.
   *
   * @throws brink.schemas.KafkaSetupException if Kafka does not answer
   */
  List<RejectedEntry> newest();
}
