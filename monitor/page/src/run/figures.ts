import type { Axis, Forecasts, Points, RegimeChange } from '../api/types';
import type { Band, Curve, Figure, Mark } from '../chart/figure';
import type { Palette } from '../lib/colours';
import { count } from '../lib/format';
import { interpolate } from '../lib/nearest';
import { stays } from '../lib/regimes';
import { smoothed } from '../lib/smooth';
import type { Clock } from './clock';
import type { ChartSpec, CurveSpec } from './specs';
import type { View } from './view';

/** What the figures of a run are made of. */
export interface Material {
  readonly series: Readonly<Record<string, Points>>;
  readonly changes: readonly RegimeChange[];
  readonly forecasts: Forecasts | null;
  readonly clock: Clock;
  readonly lastStep: number;
  /** All of x that the run has. */
  readonly whole: readonly [number, number];
}

/** What the x axis is called. */
export const AXIS_LABELS: Record<Axis, string> = { step: 'step', flow_time: 'flow time τ', time: 'time' };

/** Id of the chart of forecasts. */
export const FORECAST = 'forecast';

/** The figure of one chart. */
export function figure(spec: ChartSpec, material: Material, view: View, palette: Palette): Figure {
  const range = shownRange(material, view);
  const curves = spec.curves.flatMap((curve) => curvesOf(curve, material, view, palette, range));
  return { ...frame(spec.id, spec.title, spec.log, curves, spec.levels ?? [], material, view, palette, range), clipped: (spec.clipped ?? false) !== view.clipped.has(spec.id) };
}

/**
 * Sharpness as the newest fit sees it ahead, and earlier forecasts of one horizon at the time that they were about,
 * against what came.
 */
export function forecastFigure(measured: string, material: Material, view: View, palette: Palette): Figure | null {
  const { forecasts } = material;
  const newest = forecasts?.fits[forecasts.fits.length - 1];
  const points = material.series[measured];
  if (forecasts === null || newest === undefined || points === undefined) {
    return null;
  }
  const horizon = chosenHorizon(forecasts, view);
  const [from, to] = shownRange(material, view);
  const curves: Curve[] = [
    { key: measured, label: 'λ₁ measured', colour: palette.curves[0] as string, width: 1.6, x: points.x, y: points.y },
    earlier(forecasts, horizon, material.clock, view.axis, palette),
    fan(newest, material.clock, view.axis, palette),
  ].filter((curve) => curve.x.length > 0);
  const ahead = curves[curves.length - 1]?.x ?? [];
  const end = view.range === null ? Math.max(to, (ahead[ahead.length - 1] as number | undefined) ?? to) : to;
  return frame(FORECAST, 'Forecast of sharpness', false, curves, [], material, view, palette, [from, end]);
}

/** Horizons that there are forecasts of, ascending. */
export function horizons(forecasts: Forecasts | null): number[] {
  const found = new Set((forecasts?.fits ?? []).flatMap((fit) => fit.forecasts.map((forecast) => forecast.horizon)));
  return [...found].sort((a, b) => a - b);
}

/** The horizon whose forecasts are held against what came. */
export function chosenHorizon(forecasts: Forecasts | null, view: View): number | null {
  const all = horizons(forecasts);
  return view.horizon !== null && all.includes(view.horizon) ? view.horizon : (all[0] ?? null);
}

/** How right forecasts of a horizon were. */
export interface Score {
  readonly forecasts: number;
  /** Median of |forecast/what came − 1|. */
  readonly median: number;
  /** The same for "stays as it is". */
  readonly unchanged: number;
  /** Share of intervals that what came lies in; null where there are none. */
  readonly covered: number | null;
  /** What the intervals claim. */
  readonly claimed: number | null;
}

/** How right the forecasts of a horizon were; null where none could be held against anything. */
export function score(forecasts: Forecasts | null, horizon: number | null): Score | null {
  const errors: number[] = [];
  const unchanged: number[] = [];
  let inside = 0;
  let intervals = 0;
  let claimed: number | null = null;
  for (const fit of forecasts?.fits ?? []) {
    for (const forecast of fit.forecasts) {
      if (forecast.horizon !== horizon || forecast.came === undefined) {
        continue;
      }
      errors.push(Math.abs(forecast.sharpness / forecast.came - 1));
      if (fit.sharpness !== undefined) {
        unchanged.push(Math.abs(fit.sharpness / forecast.came - 1));
      }
      if (forecast.low !== undefined && forecast.high !== undefined) {
        intervals++;
        inside += forecast.low <= forecast.came && forecast.came <= forecast.high ? 1 : 0;
        claimed = forecast.probability ?? claimed;
      }
    }
  }
  return errors.length === 0
    ? null
    : { forecasts: errors.length, median: median(errors), unchanged: median(unchanged), covered: intervals === 0 ? null : inside / intervals, claimed };
}

/** What of x is shown; above 0 on a logarithmic axis. */
export function shownRange(material: Material, view: View): readonly [number, number] {
  const [from, to] = view.range ?? material.whole;
  const end = to > from ? to : from + 1;
  if (!view.xLog || view.axis === 'time') {
    return [from, end];
  }
  const least = view.axis === 'step' ? 1 : end / 1e4;
  return [Math.max(from, least), Math.max(end, least * 10)];
}

function frame(
  id: string,
  title: string,
  log: boolean,
  curves: readonly Curve[],
  levels: Figure['levels'],
  material: Material,
  view: View,
  palette: Palette,
  range: readonly [number, number],
): Figure {
  return {
    id,
    title,
    curves,
    levels,
    bands: bands(material, view.axis, palette),
    marks: marks(material, view.axis),
    xLabel: AXIS_LABELS[view.axis],
    xKind: view.axis === 'time' ? 'time' : 'number',
    xLog: view.xLog && view.axis !== 'time',
    yLog: log !== view.flipped.has(id),
    xRange: range,
    yRange: view.y.get(id) ?? null,
    clipped: view.clipped.has(id),
  };
}

function bands(material: Material, axis: Axis, palette: Palette): Band[] {
  return stays(material.changes).flatMap((stay) => {
    const from = material.clock.at(axis, stay.from);
    const to = material.clock.at(axis, stay.to ?? Math.max(material.lastStep, stay.from));
    return from === null || to === null ? [] : [{ from, to, colour: palette.regimes[stay.regime], label: stay.regime }];
  });
}

function marks(material: Material, axis: Axis): Mark[] {
  return material.changes
    .filter((change) => change.to === 'EDGE' || change.to === 'CATAPULT' || change.to === 'CHAOTIC' || change.to === 'DIVERGED')
    .flatMap((change) => {
      const step = change.onset ?? change.detectedAt;
      const at = material.clock.at(axis, step);
      const low = material.clock.at(axis, change.onsetLow ?? step);
      const high = material.clock.at(axis, change.onsetHigh ?? step);
      return at === null || low === null || high === null ? [] : [{ at, low, high, label: `${change.to} from step ${count(step)}` }];
    });
}

function curvesOf(spec: CurveSpec, material: Material, view: View, palette: Palette, range: readonly [number, number]): Curve[] {
  const points = material.series[spec.field];
  if (points === undefined || points.x.length === 0) {
    return [];
  }
  const map = spec.map ?? ((value: number) => value);
  const y = points.y.map(map);
  const base: Curve = {
    key: spec.field,
    label: spec.label,
    colour: spec.colour === 'ink' ? palette.muted : (palette.curves[spec.colour % palette.curves.length] as string),
    x: points.x,
    y,
    ...(spec.dash === undefined ? {} : { dash: spec.dash }),
    ...(spec.width === undefined ? {} : { width: spec.width }),
    ...(spec.points === undefined ? {} : { points: spec.points }),
    ...(spec.opacity === undefined ? {} : { opacity: spec.opacity }),
    ...(spec.context === undefined ? {} : { context: spec.context }),
    ...interval(points, y, spec, material),
  };
  if (view.smooth === 0 || spec.points === true || spec.opacity !== undefined) {
    return [base];
  }
  const { low: _low, high: _high, ...plain } = base;
  const of = points.mean ?? points;
  const means = { x: of.x, y: smoothed(of.x, of.y.map(map), view.smooth * (range[1] - range[0])) };
  return [{ ...plain, opacity: 0.35, width: 1, silent: true }, { ...base, ...means, key: `${base.key}~`, low: [], high: [] }];
}

function interval(points: Points, y: readonly number[], spec: CurveSpec, material: Material): Pick<Curve, 'low' | 'high'> {
  const errors = spec.error === undefined ? undefined : material.series[spec.error];
  if (errors === undefined || errors.x.length === 0) {
    return {};
  }
  const width = points.x.map((x) => interpolate(errors.x, errors.y, x) ?? NaN);
  return { low: y.map((value, i) => value - (width[i] as number)), high: y.map((value, i) => value + (width[i] as number)) };
}

function earlier(forecasts: Forecasts, horizon: number | null, clock: Clock, axis: Axis, palette: Palette): Curve {
  const found = forecasts.fits
    .flatMap((fit) => fit.forecasts)
    .filter((forecast) => forecast.horizon === horizon && forecast.came !== undefined)
    .flatMap((forecast) => {
      const x = place(forecast.flow_time, forecast.at_step, clock, axis);
      return x === null ? [] : [{ x, forecast }];
    })
    .sort((a, b) => a.x - b.x);
  return {
    key: 'earlier',
    label: `as forecast ${horizon ?? ''} τ before`,
    colour: palette.curves[1] as string,
    dash: [5, 3],
    x: found.map(({ x }) => x),
    y: found.map(({ forecast }) => forecast.sharpness),
    low: found.map(({ forecast }) => forecast.low ?? NaN),
    high: found.map(({ forecast }) => forecast.high ?? NaN),
  };
}

function fan(newest: Forecasts['fits'][number], clock: Clock, axis: Axis, palette: Palette): Curve {
  const ahead = [...newest.forecasts].sort((a, b) => a.horizon - b.horizon);
  const start = { x: place(newest.flow_time, Number(newest.step), clock, axis), y: newest.sharpness ?? NaN, low: newest.sharpness ?? NaN, high: newest.sharpness ?? NaN };
  const points = [start, ...ahead.map((f) => ({ x: place(f.flow_time, f.at_step, clock, axis), y: f.sharpness, low: f.low ?? NaN, high: f.high ?? NaN }))].filter((p) => p.x !== null);
  return {
    key: 'fan',
    label: 'forecast now',
    colour: palette.curves[2] as string,
    width: 1.6,
    x: points.map((p) => p.x as number),
    y: points.map((p) => p.y),
    low: points.map((p) => p.low),
    high: points.map((p) => p.high),
  };
}

function place(flowTime: number | undefined, step: number | undefined, clock: Clock, axis: Axis): number | null {
  if (axis === 'flow_time') {
    return flowTime ?? null;
  }
  return step === undefined ? null : clock.at(axis, step);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] as number) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
