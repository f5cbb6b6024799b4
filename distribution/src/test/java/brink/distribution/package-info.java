/** The program as a whole, as its users run it. */
@NullMarked
package brink.distribution;

import org.jspecify.annotations.NullMarked;
