/** {@code ./brink bench}: runs every row in a JVM of its own and prints the table. */
@NullMarked
package brink.bench.cli;

import org.jspecify.annotations.NullMarked;
