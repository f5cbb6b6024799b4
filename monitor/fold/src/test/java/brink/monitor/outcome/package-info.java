/** Tests of the outcome of runs. */
@NullMarked
package brink.monitor.outcome;

import org.jspecify.annotations.NullMarked;
