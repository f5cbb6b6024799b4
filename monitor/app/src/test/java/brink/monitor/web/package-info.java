/** Tests. */
@NullMarked
package brink.monitor.web;

import org.jspecify.annotations.NullMarked;
