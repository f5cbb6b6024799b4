/** Tests of {@code brink.monitor.geometry}. */
@NullMarked
package brink.monitor.geometry;

import org.jspecify.annotations.NullMarked;
