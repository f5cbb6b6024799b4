/** Recorded runs, in Kafka or in a file: reading, taking along, bringing back, ending. */
@NullMarked
package brink.monitor.records;

import org.jspecify.annotations.NullMarked;
