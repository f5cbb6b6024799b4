/** Tests. */
@NullMarked
package brink.monitor.cli;

import org.jspecify.annotations.NullMarked;
