package brink.distribution;

import brink.distribution.broker.BrokerSettings;
import brink.distribution.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;

/** A broker in this process, and a monitor of it in another one. */
final class BrokerAndMonitor implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final ProgramProcess process;
  private final Monitor monitor;

  private BrokerAndMonitor(EmbeddedBroker broker, ProgramProcess process, Monitor monitor) {
    this.broker = broker;
    this.process = process;
    this.monitor = monitor;
  }

  /** Starts both, with what they keep and log in a folder. */
  static BrokerAndMonitor start(Path folder) throws IOException {
    EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.onAnyPort(folder.resolve("kafka")));
    String httpPort = FreePort.find();
    ProgramProcess process =
        ProgramProcess.start(
            folder.resolve("monitor.log"),
            "monitor",
            "--bootstrap-servers",
            broker.bootstrapServers(),
            "--http-port",
            httpPort);
    return new BrokerAndMonitor(broker, process, new Monitor(httpPort));
  }

  String servers() {
    return broker.bootstrapServers();
  }

  /** Asks the monitor by its API. */
  Monitor monitor() {
    return monitor;
  }

  boolean isMonitorAlive() {
    return process.isAlive();
  }

  @Override
  public void close() {
    monitor.close();
    process.close();
    broker.close();
  }
}
