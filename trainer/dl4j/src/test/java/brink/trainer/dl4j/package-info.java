/** Tests with small DL4J networks. */
@NullMarked
package brink.trainer.dl4j;

import org.jspecify.annotations.NullMarked;
