/** Repeated measurements and what they say: interleaved timing, medians and quartiles. */
@NullMarked
package brink.bench.statistics;

import org.jspecify.annotations.NullMarked;
