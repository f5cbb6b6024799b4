/** Records that nobody should send, to a real broker and a real monitor. */
@NullMarked
package brink.distribution.hostile;

import org.jspecify.annotations.NullMarked;
