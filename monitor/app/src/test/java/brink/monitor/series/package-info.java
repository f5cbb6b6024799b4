/** Tests. */
@NullMarked
package brink.monitor.series;

import org.jspecify.annotations.NullMarked;
