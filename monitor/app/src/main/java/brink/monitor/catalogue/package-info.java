/** All runs and their verdicts, read from Kafka alone. */
@NullMarked
package brink.monitor.catalogue;

import org.jspecify.annotations.NullMarked;
