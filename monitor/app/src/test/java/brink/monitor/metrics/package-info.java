/** Tests. */
@NullMarked
package brink.monitor.metrics;

import org.jspecify.annotations.NullMarked;
