/** Re-reads a run from Kafka through the production topology. */
@NullMarked
package brink.monitor.replay;

import org.jspecify.annotations.NullMarked;
