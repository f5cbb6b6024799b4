/** The present of every run as Prometheus meters. */
@NullMarked
package brink.monitor.metrics;

import org.jspecify.annotations.NullMarked;
