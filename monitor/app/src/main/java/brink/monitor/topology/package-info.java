/** The Kafka Streams topology: records in, the fold of each run, verdicts and rejections out. */
@NullMarked
package brink.monitor.topology;

import org.jspecify.annotations.NullMarked;
