/** Deeplearning4j both ways: its trainings are published, and its networks are landscapes. */
@NullMarked
package brink.trainer.dl4j;

import org.jspecify.annotations.NullMarked;
