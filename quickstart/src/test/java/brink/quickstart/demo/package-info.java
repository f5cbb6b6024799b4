/** The demo with its broker, monitor and trainer. */
@NullMarked
package brink.quickstart.demo;

import org.jspecify.annotations.NullMarked;
