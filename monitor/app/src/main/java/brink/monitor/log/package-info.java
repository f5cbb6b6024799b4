/** Log lines that no input can multiply. */
@NullMarked
package brink.monitor.log;

import org.jspecify.annotations.NullMarked;
