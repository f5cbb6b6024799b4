import type { Place } from '../lib/place';

/** What the x axis of a comparison counts. */
export type Alignment = 'step' | 'flow_time' | 'onset';

/**
 * The compared runs by place: an empty place keeps the colours of those after it when a run is taken out.
 */
export function parseRuns(place: Place): (string | null)[] {
  const text = place.query.get('runs') ?? '';
  const ids = text === '' ? [] : text.split(',').map((part) => (part === '' ? null : decoded(part)));
  // The same run twice would be one curve on another.
  return ids.map((id, i) => (id !== null && ids.indexOf(id) < i ? null : id)).slice(0, 20);
}

/** The runs as they are written in the address. */
export function formatRuns(runs: readonly (string | null)[]): string {
  let end = runs.length;
  while (end > 0 && runs[end - 1] === null) {
    end--;
  }
  return runs.slice(0, end).map((id) => (id === null ? '' : encodeURIComponent(id))).join(',');
}

/** The alignment that the address asks for. */
export function parseAlignment(place: Place): Alignment {
  const text = place.query.get('align');
  return text === 'flow_time' || text === 'onset' ? text : 'step';
}

/** One setting of several runs. */
export interface Setting {
  readonly name: string;
  readonly values: readonly string[];
  readonly differs: boolean;
}

/** Settings that at least one run has, those that differ first. */
export function settings(columns: readonly (readonly (readonly [string, string])[])[]): Setting[] {
  const names = [...new Set(columns.flatMap((column) => column.map(([name]) => name)))];
  const maps = columns.map((column) => new Map(column));
  const all = names.map((name) => {
    const values = maps.map((map) => map.get(name) ?? '');
    return { name, values, differs: new Set(values).size > 1 };
  });
  return [...all.filter((setting) => setting.differs), ...all.filter((setting) => !setting.differs)];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
