/** What is compared, row by row. */
@NullMarked
package brink.bench.rows;

import org.jspecify.annotations.NullMarked;
