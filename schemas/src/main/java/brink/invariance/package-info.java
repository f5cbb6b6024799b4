/**
 * What a run's start says of the invariance of its loss, for those who train and those who watch.
 * Pure: no Kafka, no clock, no I/O.
 */
@NullMarked
package brink.invariance;

import org.jspecify.annotations.NullMarked;
