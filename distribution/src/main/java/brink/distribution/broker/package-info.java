/** The embedded broker: a durable single-node Kafka (KRaft) from Kafka's own server artifacts. */
@NullMarked
package brink.distribution.broker;

import org.jspecify.annotations.NullMarked;
