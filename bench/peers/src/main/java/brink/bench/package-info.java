/** Measurements of what every step costs; nothing ships from here. */
@NullMarked
package brink.bench;

import org.jspecify.annotations.NullMarked;
