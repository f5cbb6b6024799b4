/** Tests. */
@NullMarked
package brink.monitor;

import org.jspecify.annotations.NullMarked;
