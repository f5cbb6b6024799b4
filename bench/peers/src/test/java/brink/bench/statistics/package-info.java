@NullMarked
package brink.bench.statistics;

import org.jspecify.annotations.NullMarked;
