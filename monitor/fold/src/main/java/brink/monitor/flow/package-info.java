/** Fit and forecast of the sharpness-reduction flow. Pure: no Kafka, no clock, no I/O. */
@NullMarked
package brink.monitor.flow;

import org.jspecify.annotations.NullMarked;
