/** The steps and fits of a run as columns of numbers, read from Kafka when somebody looks at it. */
@NullMarked
package brink.monitor.series;

import org.jspecify.annotations.NullMarked;
