/** Deeplearning4j's saved networks as landscapes, and its data sets; both plug into the trainer. */
@NullMarked
package brink.trainer.dl4j;

import org.jspecify.annotations.NullMarked;
