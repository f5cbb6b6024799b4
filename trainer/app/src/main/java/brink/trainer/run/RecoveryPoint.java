package brink.trainer.run;

import brink.trainer.publish.Position;
import brink.trainer.state.SavedState;

/**
 * A state of a run that it can go on from without a gap, since Kafka has acknowledged every step
 * before it.
 *
 * @param state in this machine's memory
 * @param published how far the run was published then
 */
record RecoveryPoint(SavedState state, Position published) {}
