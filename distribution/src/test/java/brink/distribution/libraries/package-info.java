/** What others embed of Brink: what it brings along, and what its README says. */
@NullMarked
package brink.distribution.libraries;

import org.jspecify.annotations.NullMarked;
