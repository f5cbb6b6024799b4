import type { Axis } from '../api/types';
import type { Place } from '../lib/place';

/** How a run is looked at; all of it is in the address. */
export interface View {
  readonly axis: Axis;
  readonly xLog: boolean;
  /** What of x is shown, in units of the axis; null for all. */
  readonly range: readonly [number, number] | null;
  /** Width of the smoothing window as a share of what is shown; 0 for none. */
  readonly smooth: number;
  /** Charts whose y axis is not the usual one: linear where that is logarithmic, and the other way. */
  readonly flipped: ReadonlySet<string>;
  /** Charts whose y axis shows all where the usual one is clipped, and the other way. */
  readonly clipped: ReadonlySet<string>;
  /** Charts that are folded away. */
  readonly hidden: ReadonlySet<string>;
  /** The chart over the whole width. */
  readonly large: string | null;
  /** What of y is shown, by chart. */
  readonly y: ReadonlyMap<string, readonly [number, number]>;
  /** How far ahead forecasts are compared with what came, in flow time; null for the first horizon. */
  readonly horizon: number | null;
  /** The change whose evidence is open, by its number from 0; null for none. */
  readonly change: number | null;
}

const AXES: readonly string[] = ['step', 'flow_time', 'time'];

/** Shares that smoothing offers. */
export const WINDOWS: readonly number[] = [0, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1];

/** The view that the address asks for; what it cannot mean is passed over. */
export function parseView(place: Place): View {
  const { query } = place;
  const axis = query.get('x') ?? 'step';
  const smooth = Number(query.get('smooth') ?? 0);
  const horizon = finite(query.get('ahead'));
  return {
    axis: AXES.includes(axis) ? (axis as Axis) : 'step',
    xLog: query.get('log') === 'x',
    range: range(query.get('range')),
    smooth: Number.isFinite(smooth) ? Math.min(Math.max(smooth, 0), 0.5) : 0,
    flipped: names(query.get('flip')),
    clipped: names(query.get('clip')),
    hidden: names(query.get('hide')),
    large: query.get('large') ?? null,
    y: ranges(query.get('y')),
    horizon,
    change: finite(query.get('change')),
  };
}

/** A range as it is written in the address; null takes it out. */
export function formatRange(value: readonly [number, number] | null): string | null {
  return value === null ? null : `${brief(value[0])}:${brief(value[1])}`;
}

/** Ranges of charts as they are written in the address. */
export function formatRanges(values: ReadonlyMap<string, readonly [number, number]>): string {
  return [...values].map(([id, value]) => `${id}:${formatRange(value)}`).join(',');
}

/** Names as they are written in the address. */
export function formatNames(values: ReadonlySet<string>): string {
  return [...values].join(',');
}

/** The set with this element if it was without it, and the other way. */
export function toggled(values: ReadonlySet<string>, value: string): Set<string> {
  const result = new Set(values);
  if (!result.delete(value)) {
    result.add(value);
  }
  return result;
}

function names(text: string | undefined): Set<string> {
  return new Set((text ?? '').split(',').filter((name) => name !== ''));
}

function range(text: string | undefined): [number, number] | null {
  const [from, to] = (text ?? '').split(':').map(Number);
  return from !== undefined && to !== undefined && from < to ? [from, to] : null;
}

function ranges(text: string | undefined): Map<string, [number, number]> {
  const result = new Map<string, [number, number]>();
  for (const part of (text ?? '').split(',')) {
    const mark = part.indexOf(':');
    const value = range(part.slice(mark + 1));
    if (mark > 0 && value !== null) {
      result.set(part.slice(0, mark), value);
    }
  }
  return result;
}

function finite(text: string | undefined): number | null {
  const value = text === undefined ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}

function brief(value: number): string {
  return String(Number(value.toPrecision(9)));
}
