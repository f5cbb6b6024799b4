import type { RawChange, Regime, RegimeChange, Run, Started, Summary } from './types';

const REGIMES: readonly string[] = ['STARTING', 'STABLE', 'EDGE', 'FLOWING', 'SETTLED', 'CATAPULT', 'CHAOTIC', 'DIVERGED', 'STALLED', 'ENDED'];

/** A regime without its prefix; UNSPECIFIED for one that a newer monitor named. */
export function regime(text: string | undefined): Regime {
  const name = (text ?? '').replace(/^REGIME_/, '');
  return REGIMES.includes(name) ? (name as Regime) : 'UNSPECIFIED';
}

/** An integer, which is sent as a text; null where it is absent. */
export function integer(text: string | number | undefined): number | null {
  if (text === undefined) {
    return null;
  }
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** A moment in milliseconds since 1970; null where it is absent. */
export function instant(text: string | undefined): number | null {
  const value = text === undefined ? NaN : Date.parse(text);
  return Number.isFinite(value) ? value : null;
}

/** A change with its steps as numbers. */
export function change(raw: RawChange): RegimeChange {
  return {
    from: regime(raw.from),
    to: regime(raw.to),
    detectedAt: integer(raw.detected_at_step) ?? 0,
    onset: integer(raw.onset_step),
    onsetLow: integer(raw.onset_low),
    onsetHigh: integer(raw.onset_high),
    raw,
  };
}

/** The run's changes in order. */
export function changes(run: Run): RegimeChange[] {
  return run.regime_changes.map(change);
}

/** The name to show: that of the note, else the producer's, else the id. */
export function displayName(run: Summary): string {
  return run.note?.name || run.started?.name || run.run_id;
}

/** What the producer calls the update, in words. */
export function updateRule(started: Started | undefined): string {
  return started?.update_rule === 'UPDATE_RULE_SPHERE' ? 'on the sphere' : 'gradient descent';
}

/** A name of the wire format as words: FORECAST_BASIS_LEVEL of FORECAST_BASIS is "level". */
export function words(text: string | undefined, prefix: string): string {
  return (text ?? '').replace(prefix, '').replace(/^_/, '').toLowerCase().replaceAll('_', ' ');
}

/** How far the run is, from 0 to 1; null where it plans no number of steps. */
export function progress(run: Summary): number | null {
  const planned = integer(run.planned_steps) ?? integer(run.started?.planned_steps);
  const last = integer(run.last_step);
  return planned === null || planned <= 0 || last === null ? null : Math.min(1, (last + 1) / planned);
}

/**
 * Steps a second: of late where two moments are known, else since the start. Null where nothing is known.
 *
 * @param recent steps and the moments they were seen at, in order
 */
export function pace(run: Summary, recent: readonly { readonly step: number; readonly at: number }[]): number | null {
  const first = recent[0];
  const last = recent[recent.length - 1];
  if (first !== undefined && last !== undefined && last.at - first.at > 2000) {
    return Math.max(0, ((last.step - first.step) * 1000) / (last.at - first.at));
  }
  const begun = instant(run.started?.started_at);
  const updated = instant(run.updated_at);
  const step = integer(run.last_step);
  // A resumed run was not trained all the time since its start.
  if (begun === null || updated === null || step === null || updated <= begun || run.started?.resumed_from !== undefined) {
    return null;
  }
  return (step * 1000) / (updated - begun);
}

/** Seconds until the planned steps are taken; null where that cannot be told. */
export function eta(run: Summary, stepsPerSecond: number | null): number | null {
  const planned = integer(run.planned_steps) ?? integer(run.started?.planned_steps);
  const last = integer(run.last_step);
  if (run.status !== 'RUNNING' || planned === null || last === null || stepsPerSecond === null || stepsPerSecond <= 0) {
    return null;
  }
  return Math.max(0, (planned - 1 - last) / stepsPerSecond);
}
