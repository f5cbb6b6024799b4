/**
 * What DL4J's networks look like to one who watches their training: layers, trained arrays, and
 * which of them go straight to batch normalization. Knows neither Kafka nor Brink's messages.
 */
@NullMarked
package brink.trainer.listener.network;

import org.jspecify.annotations.NullMarked;
