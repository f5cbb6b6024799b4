/** How numbers are written for people. */
@NullMarked
package brink.monitor.text;

import org.jspecify.annotations.NullMarked;
