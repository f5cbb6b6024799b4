/** What came of a sweep, by the monitor's verdicts: a table and a heat map. */
@NullMarked
package brink.distribution.sweep;

import org.jspecify.annotations.NullMarked;
