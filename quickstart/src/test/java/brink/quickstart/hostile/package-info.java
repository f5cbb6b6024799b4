/** Records that nobody should send, to a real broker and a real monitor. */
@NullMarked
package brink.quickstart.hostile;

import org.jspecify.annotations.NullMarked;
