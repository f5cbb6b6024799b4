package org.apache.kafka.clients.admin;

import java.util.Collection;
import java.util.Set;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;

/** The description of a cluster, which has no constructor outside of this package. */
public final class ClusterInMemory extends DescribeClusterResult {
  /** A cluster of these brokers, of which one is the controller. */
  public ClusterInMemory(Collection<Node> brokers, Node controller) {
    super(
        KafkaFuture.completedFuture(brokers),
        KafkaFuture.completedFuture(controller),
        KafkaFuture.completedFuture("memory"),
        KafkaFuture.completedFuture(Set.of()));
  }
}
