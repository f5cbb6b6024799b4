/** What was measured, against what it was meant to be, as a table. */
@NullMarked
package brink.bench.report;

import org.jspecify.annotations.NullMarked;
