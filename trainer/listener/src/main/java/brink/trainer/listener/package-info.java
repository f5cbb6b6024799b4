/** Publishes the trainings of Deeplearning4j, as they run in a user's own program. */
@NullMarked
package brink.trainer.listener;

import org.jspecify.annotations.NullMarked;
