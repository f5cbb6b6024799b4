/** Tests of {@code brink.monitor.flow}. */
@NullMarked
package brink.monitor.flow;

import org.jspecify.annotations.NullMarked;
