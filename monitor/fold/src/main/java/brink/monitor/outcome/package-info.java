/** What became of a run at the edge, in numbers and in one sentence. */
@NullMarked
package brink.monitor.outcome;

import org.jspecify.annotations.NullMarked;
