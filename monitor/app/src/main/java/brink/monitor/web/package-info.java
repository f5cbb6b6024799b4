/** The monitor's HTTP endpoints. */
@NullMarked
package brink.monitor.web;

import org.jspecify.annotations.NullMarked;
