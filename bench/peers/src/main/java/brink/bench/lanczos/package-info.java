/**
 * The eigensolver of the published edge-of-stability code: Lanczos from a random vector, at every
 * point anew.
 */
@NullMarked
package brink.bench.lanczos;

import org.jspecify.annotations.NullMarked;
