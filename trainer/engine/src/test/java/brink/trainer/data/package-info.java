/** Tests of the data sources, good and bad input. */
@NullMarked
package brink.trainer.data;

import org.jspecify.annotations.NullMarked;
