/** Tests. */
@NullMarked
package brink.monitor.replay;

import org.jspecify.annotations.NullMarked;
