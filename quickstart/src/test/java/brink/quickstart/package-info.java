/** The program as a whole, as its users run it. */
@NullMarked
package brink.quickstart;

import org.jspecify.annotations.NullMarked;
