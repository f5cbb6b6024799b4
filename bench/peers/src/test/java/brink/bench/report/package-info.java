@NullMarked
package brink.bench.report;

import org.jspecify.annotations.NullMarked;
