/** Tests. */
@NullMarked
package brink.monitor.catalogue;

import org.jspecify.annotations.NullMarked;
