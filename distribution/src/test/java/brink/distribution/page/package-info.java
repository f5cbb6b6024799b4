/** What the live page is made of, on a real broker. */
@NullMarked
package brink.distribution.page;

import org.jspecify.annotations.NullMarked;
