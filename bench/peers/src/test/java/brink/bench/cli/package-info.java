@NullMarked
package brink.bench.cli;

import org.jspecify.annotations.NullMarked;
