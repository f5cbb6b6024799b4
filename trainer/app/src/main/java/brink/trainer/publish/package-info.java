/** From measured steps to Kafka: messages, gradient cadence and the publisher. */
@NullMarked
package brink.trainer.publish;

import org.jspecify.annotations.NullMarked;
