import type { Regime, RegimeChange } from '../api/types';

/** One stretch of steps in one regime; the last one of a run that goes on has no end. */
export interface Stay {
  readonly regime: Regime;
  /** First step. */
  readonly from: number;
  /** First step of what follows; null while it lasts. */
  readonly to: number | null;
  /** What began it; null for the first. */
  readonly change: RegimeChange | null;
}

/** What each regime means, in a line. */
export const MEANING: Record<Regime, string> = {
  UNSPECIFIED: 'a regime that this version does not know; a newer monitor wrote it',
  STARTING: 'no verdict yet',
  STABLE: 'the stability ratio is below 1: descent follows gradient flow',
  EDGE: 'the stability ratio is at 1, and gradients alternate',
  FLOWING: 'at the edge, and a test that could have failed says that training follows the sharpness-reduction flow',
  SETTLED: 'at the edge, and sharpness has been at rest for a unit of flow time',
  CATAPULT: 'thrown off the edge: the norm of the weights jumped up',
  CHAOTIC: 'beyond the edge and irregular: the stability ratio is above 1 for the most part, or throws follow one another',
  DIVERGED: 'loss or weights are not finite, or the loss exploded',
  STALLED: 'no event came in time',
  ENDED: 'the run is over',
};

/**
 * The stays that these changes tell of, from the first step of the run on. A change counts from its onset, which is
 * before the step that it was detected at, but never from before the stay that it ends.
 */
export function stays(changes: readonly RegimeChange[], first = 0): Stay[] {
  const result: Stay[] = [];
  let current: Stay = { regime: 'STARTING', from: first, to: null, change: null };
  for (const change of changes) {
    const at = Math.max(current.from, change.onset ?? change.detectedAt);
    if (at > current.from) {
      result.push({ ...current, to: at });
    }
    current = { regime: change.to, from: at, to: null, change };
  }
  result.push(current);
  return result;
}

/** The step of the first change to EDGE, its onset where that is known; null before any. */
export function firstOnset(changes: readonly RegimeChange[]): number | null {
  const change = changes.find((c) => c.to === 'EDGE');
  return change === undefined ? null : (change.onset ?? change.detectedAt);
}
