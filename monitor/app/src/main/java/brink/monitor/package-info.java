/**
 * The monitor as one object: topology, catalogue, metrics and HTTP, started and closed together.
 */
@NullMarked
package brink.monitor;

import org.jspecify.annotations.NullMarked;
