@NullMarked
package brink.bench.torch;

import org.jspecify.annotations.NullMarked;
