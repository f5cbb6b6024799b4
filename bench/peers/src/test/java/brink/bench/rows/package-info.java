@NullMarked
package brink.bench.rows;

import org.jspecify.annotations.NullMarked;
