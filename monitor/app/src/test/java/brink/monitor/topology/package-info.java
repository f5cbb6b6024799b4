/** Tests. */
@NullMarked
package brink.monitor.topology;

import org.jspecify.annotations.NullMarked;
