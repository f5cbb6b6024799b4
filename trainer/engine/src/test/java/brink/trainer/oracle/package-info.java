/** Dense float64 answers that tests compare with, and golden data. */
@NullMarked
package brink.trainer.oracle;

import org.jspecify.annotations.NullMarked;
