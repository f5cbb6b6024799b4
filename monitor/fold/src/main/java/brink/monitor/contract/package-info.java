/**
 * What a stream of steps has to carry for each thing that the monitor says of a run. Pure: no
 * Kafka, no clock, no I/O.
 */
@NullMarked
package brink.monitor.contract;

import org.jspecify.annotations.NullMarked;
