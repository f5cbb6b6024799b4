/** Regime detection. Pure: no Kafka, no clock, no I/O. */
@NullMarked
package brink.monitor.regime;

import org.jspecify.annotations.NullMarked;
