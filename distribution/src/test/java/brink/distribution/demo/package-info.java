/** The demo with its broker, monitor and trainer. */
@NullMarked
package brink.distribution.demo;

import org.jspecify.annotations.NullMarked;
