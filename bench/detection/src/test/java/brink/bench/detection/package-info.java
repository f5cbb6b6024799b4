/** Tests of the labels and views of recorded runs. */
@NullMarked
package brink.bench.detection;

import org.jspecify.annotations.NullMarked;
