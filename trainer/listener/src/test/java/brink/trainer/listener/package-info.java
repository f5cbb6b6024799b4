/** Tests of the listener, with small networks of DL4J. */
@NullMarked
package brink.trainer.listener;

import org.jspecify.annotations.NullMarked;
