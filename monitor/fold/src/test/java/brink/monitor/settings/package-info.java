/** Tests of {@code brink.monitor.settings}. */
@NullMarked
package brink.monitor.settings;

import org.jspecify.annotations.NullMarked;
