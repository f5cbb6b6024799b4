/** Tests of {@code brink.monitor.regime}. */
@NullMarked
package brink.monitor.regime;

import org.jspecify.annotations.NullMarked;
