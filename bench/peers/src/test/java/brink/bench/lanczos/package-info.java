@NullMarked
package brink.bench.lanczos;

import org.jspecify.annotations.NullMarked;
