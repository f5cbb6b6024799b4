/** The gradient chunk codec: a gradient to 1 MiB records and back. */
@NullMarked
package brink.schemas.gradient;

import org.jspecify.annotations.NullMarked;
