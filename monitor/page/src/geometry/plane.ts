import type { Points } from '../api/types';
import type { Curve, Figure, Mark } from '../chart/figure';
import type { Palette } from '../lib/colours';
import { count } from '../lib/format';
import { interpolate, lowerBound } from '../lib/nearest';

const FLOWS: readonly (readonly [field: string, label: string, colour: number])[] = [
  ['sharpness_reduction_flow', 'sharpness-reduction flow', 1],
  ['central_flow', 'central flow', 2],
];

/** What the plane is drawn from. */
export const PLANE_FIELDS: readonly string[] = [
  'plane_slow',
  'plane_oscillation',
  'plane_anchor_step',
  'plane_since_step',
  'plane_slow_origin',
  'plane_slow_cosine',
  'plane_oscillation_cosine',
  ...FLOWS.flatMap(([flow]) => [`${flow}_plane_slow`, `${flow}_plane_oscillation`]),
];

/** Below this cosine the axes of two frames are too far apart for a line across them. */
const SAME_AXIS = 0.9;

/** Least width of what is drawn, in units of its height: at rest, rounding is not stretched to a motion. */
const LEAST_WIDTH = 0.1;

/** More frames than this are too many to mark. */
const MOST_MARKS = 24;

/** More iterates than this are drawn without a dot each. */
const MOST_DOTS = 300;

/** Iterates in the plane, in the order of their steps; a NaN is a gap. */
export interface Trajectory {
  readonly steps: readonly number[];
  readonly slow: readonly number[];
  readonly oscillation: readonly number[];
  /** Whether all iterates of the stretch are there. */
  readonly raw: boolean;
}

type Series = Readonly<Record<string, Points>>;

/** The iterates of these steps, ends included. Of a long stretch there are the extremes of the oscillation alone. */
export function trajectory(series: Series, from: number, to: number): Trajectory {
  const slow = series['plane_slow'];
  const oscillation = series['plane_oscillation'];
  const result = { steps: [] as number[], slow: [] as number[], oscillation: [] as number[], raw: oscillation?.raw === true && slow?.raw === true };
  if (slow === undefined || oscillation === undefined) {
    return result;
  }
  const put = (step: number, x: number, y: number) => {
    result.steps.push(step);
    result.slow.push(x);
    result.oscillation.push(y);
  };
  const turned = turns(series);
  let before = -1;
  for (let i = lowerBound(oscillation.x, from); i < oscillation.x.length && (oscillation.x[i] as number) <= to; i++) {
    const step = oscillation.x[i] as number;
    const apart = result.raw && step > before + 1;
    if (before >= 0 && (apart || turned.some((at) => at > before && at <= step))) {
      put(step, NaN, NaN);
    }
    put(step, interpolate(slow.x, slow.y, step) ?? NaN, oscillation.y[i] as number);
    before = step;
  }
  return result;
}

/** First steps of frames whose oscillation is along another eigenvector than that of the frame before. */
export function turns(series: Series): number[] {
  const cosines = series['plane_oscillation_cosine'];
  return cosines === undefined ? [] : cosines.x.filter((_, i) => (cosines.y[i] as number) < SAME_AXIS);
}

/** Middles of adjacent iterates: training without its oscillation. */
export function middles({ steps, slow, oscillation }: Trajectory): { readonly x: number[]; readonly y: number[] } {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i + 1 < steps.length; i++) {
    x.push(((slow[i] as number) + (slow[i + 1] as number)) / 2);
    y.push(((oscillation[i] as number) + (oscillation[i + 1] as number)) / 2);
  }
  return { x, y };
}

/** The plane with the iterates of these steps; null where there are none. */
export function planeFigure(series: Series, from: number, to: number, palette: Palette): Figure | null {
  const path = trajectory(series, from, to);
  const last = path.steps.length - 1;
  if (last < 0) {
    return null;
  }
  const curves: Curve[] = [{ key: 'iterates', label: path.raw ? 'iterates' : 'iterates (extremes)', colour: palette.curves[0] as string, width: 1, opacity: 0.65, x: path.slow, y: path.oscillation }];
  if (path.raw) {
    if (last < MOST_DOTS) {
      curves.push({ key: 'dots', label: '', colour: palette.curves[0] as string, points: true, silent: true, x: path.slow, y: path.oscillation });
    }
    curves.push({ key: 'middles', label: 'middle of two', colour: palette.ink, width: 1.8, ...middles(path) });
  }
  curves.push(...flows(series, from, to, palette));
  curves.push({ key: 'last', label: `step ${count(path.steps[last])}`, colour: palette.curves[3] as string, points: true, width: 4, x: [path.slow[last] as number], y: [path.oscillation[last] as number] });
  return {
    id: 'plane',
    title: 'Training in the plane of its slow motion and its oscillation',
    curves,
    bands: [],
    marks: marks(series, from, to),
    levels: [{ at: 0, label: '' }],
    xLabel: 'along the slow motion, rad',
    xKind: 'number',
    xLog: false,
    yLog: false,
    xRange: range(curves),
    yRange: null,
    clipped: false,
  };
}

function flows(series: Series, from: number, to: number, palette: Palette): Curve[] {
  return FLOWS.flatMap(([flow, label, colour]) => {
    const slow = series[`${flow}_plane_slow`];
    const oscillation = series[`${flow}_plane_oscillation`];
    if (slow === undefined || oscillation === undefined) {
      return [];
    }
    const shown = oscillation.x.map((step, i) => [step, interpolate(slow.x, slow.y, step) ?? NaN, oscillation.y[i] as number] as const).filter(([step]) => step >= from && step <= to);
    return shown.length === 0 ? [] : [{ key: flow, label, colour: palette.curves[colour] as string, width: 1.8, dash: [6, 3], x: shown.map(([, x]) => x), y: shown.map(([, , y]) => y) }];
  });
}

function marks(series: Series, from: number, to: number): Mark[] {
  const origins = series['plane_slow_origin'];
  if (origins === undefined) {
    return [];
  }
  const found = origins.x.flatMap((step, i) => {
    const at = origins.y[i] as number;
    return step >= from && step <= to ? [{ at, low: at, high: at, label: `frame of step ${count(step - 1)}` }] : [];
  });
  return found.length > MOST_MARKS ? [] : found;
}

function range(curves: readonly Curve[]): readonly [number, number] {
  const [least, most] = ends(curves.flatMap((curve) => Array.from(curve.x)));
  const [low, high] = ends(curves.flatMap((curve) => Array.from(curve.y)));
  const width = Math.max(most - least, LEAST_WIDTH * (high - low)) || 1e-6;
  const room = width * 0.53;
  return [(least + most) / 2 - room, (least + most) / 2 + room];
}

function ends(values: readonly number[]): readonly [number, number] {
  return values.filter(Number.isFinite).reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)] as const, [Infinity, -Infinity] as readonly [number, number]);
}
