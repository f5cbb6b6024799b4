/** Times of the engine on a GPU, for a machine that has nothing but a Java runtime. */
@NullMarked
package brink.bench.gpu;

import org.jspecify.annotations.NullMarked;
