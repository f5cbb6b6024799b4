/** Tests. */
@NullMarked
package brink.monitor.intake;

import org.jspecify.annotations.NullMarked;
