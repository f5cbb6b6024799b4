/** What the benchmarks show: tables in Markdown, and how far they are. */
@NullMarked
package brink.bench.output;

import org.jspecify.annotations.NullMarked;
