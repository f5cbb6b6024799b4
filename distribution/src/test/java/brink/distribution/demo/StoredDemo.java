package brink.distribution.demo;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import brink.monitor.catalogue.RunCatalogue;
import brink.monitor.catalogue.RunEntry;
import brink.monitor.report.RunReport;
import brink.schemas.KafkaSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What a demo that is over left in its folder. */
final class StoredDemo implements AutoCloseable {
  private final EmbeddedBroker broker;

  private StoredDemo(EmbeddedBroker broker) {
    this.broker = broker;
  }

  static StoredDemo open(Path dataDir) {
    return new StoredDemo(EmbeddedBroker.start(BrokerSettings.onAnyPort(dataDir.resolve("kafka"))));
  }

  /** All runs, newest first. */
  List<RunEntry> runs() {
    return RunCatalogue.read(kafka());
  }

  RunEntry run(String runId) {
    return runs().stream().filter(run -> run.runId().equals(runId)).findFirst().orElseThrow();
  }

  RunReport report(String runId) {
    return RunRecords.reported(kafka(), runId, Instant.EPOCH).report();
  }

  private KafkaSettings kafka() {
    return KafkaSettings.of(broker.bootstrapServers());
  }

  @Override
  public void close() {
    broker.close();
  }
}
