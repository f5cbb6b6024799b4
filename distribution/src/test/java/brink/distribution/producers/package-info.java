/** Producers in other languages, with a real broker and monitor. */
@NullMarked
package brink.distribution.producers;

import org.jspecify.annotations.NullMarked;
