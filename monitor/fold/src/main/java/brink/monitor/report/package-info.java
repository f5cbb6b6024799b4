/** What a finished run showed, from its records. Pure: no Kafka, no clock, no I/O. */
@NullMarked
package brink.monitor.report;

import org.jspecify.annotations.NullMarked;
