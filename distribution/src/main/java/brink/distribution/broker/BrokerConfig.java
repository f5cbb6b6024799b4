package brink.distribution.broker;

import brink.schemas.Topic;
import java.util.HashMap;
import java.util.Map;

/**
 * Kafka's configuration of a single node that is broker and controller.
 *
 * <p>The controller's quorum is static: its address stands here and not in the data, so that each
 * start may take whatever port is free for it. A dynamic quorum writes the voter's address into the
 * metadata log.
 */
final class BrokerConfig {
  /** Written into the data; never change it. */
  static final int NODE_ID = 1;

  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String CLIENT_LISTENER = "PLAINTEXT";
  private static final String CONTROLLER_HOST = "127.0.0.1";

  private BrokerConfig() {}

  static Map<String, String> of(BrokerSettings settings, int controllerPort) {
    Map<String, String> config = new HashMap<>();
    config.putAll(node(settings, controllerPort));
    config.putAll(internalTopics());
    config.put("log.dirs", settings.dataDir().toString());
    // Topics come from the catalogue, with their retention: a typo must not make one.
    config.put("auto.create.topics.enable", "false");
    config.put("default.replication.factor", "1");
    config.put("num.partitions", Integer.toString(Topic.DEFAULT_PARTITIONS));
    // There is no second consumer to wait for: 3 s less until the monitor reads.
    config.put("group.initial.rebalance.delay.ms", "0");
    // After kill -9 the controller refuses the broker until its former self's session is over, and
    // the broker asks
    // again once per heartbeat: up to 9 + 2 s with Kafka's defaults. Too short, and a long pause
    // unseats the leader.
    config.put("broker.session.timeout.ms", "3000");
    config.put("broker.heartbeat.interval.ms", "500");
    return config;
  }

  private static Map<String, String> node(BrokerSettings settings, int controllerPort) {
    String controller = CONTROLLER_HOST + ":" + controllerPort;
    String clients = BrokerSettings.hostPort(settings.listenHost(), settings.port());
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "controller.quorum.voters",
        NODE_ID + "@" + controller,
        "controller.listener.names",
        CONTROLLER_LISTENER,
        "inter.broker.listener.name",
        CLIENT_LISTENER,
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT",
        "listeners",
        CLIENT_LISTENER + "://" + clients + "," + CONTROLLER_LISTENER + "://" + controller,
        "advertised.listeners",
        CLIENT_LISTENER + "://" + settings.bootstrapServers());
  }

  /** One node cannot hold three copies, and a handful of clients does not need fifty partitions. */
  private static Map<String, String> internalTopics() {
    return Map.of(
        "offsets.topic.replication.factor", "1",
        "offsets.topic.num.partitions", "4",
        "transaction.state.log.replication.factor", "1",
        "transaction.state.log.min.isr", "1",
        "transaction.state.log.num.partitions", "4",
        "share.coordinator.state.topic.replication.factor", "1",
        "share.coordinator.state.topic.min.isr", "1",
        "share.coordinator.state.topic.num.partitions", "1");
  }
}
