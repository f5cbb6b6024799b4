/** Tests of the run report on made-up messages. */
@NullMarked
package brink.monitor.report;

import org.jspecify.annotations.NullMarked;
