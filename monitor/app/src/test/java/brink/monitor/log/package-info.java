/** Tests. */
@NullMarked
package brink.monitor.log;

import org.jspecify.annotations.NullMarked;
