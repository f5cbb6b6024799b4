/** One curve: points in order of x; a NaN in y is a gap. */
export interface Curve {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Ends of the interval about each point; NaN where there is none. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  readonly dash?: readonly number[];
  /** In CSS pixels. */
  readonly width?: number;
  /** Points without a line between them. */
  readonly points?: boolean;
  /** From 0 to 1; 1 where absent. */
  readonly opacity?: number;
  /** What others are held against: where it is far from them, it leaves the chart. */
  readonly context?: boolean;
  /** Left out of the legend: the raw values behind a smoothed curve. */
  readonly silent?: boolean;
}

/** A stretch of x with a colour behind the curves. */
export interface Band {
  readonly from: number;
  readonly to: number;
  readonly colour: string;
  readonly label: string;
}

/** A place on the x axis, with what is known of its error. */
export interface Mark {
  readonly at: number;
  readonly low: number;
  readonly high: number;
  readonly label: string;
}

/** A level that curves are held against. */
export interface Level {
  readonly at: number;
  readonly label: string;
}

/** Everything that one chart shows; the screen, the exports and the report draw the same one. */
export interface Figure {
  readonly id: string;
  readonly title: string;
  readonly curves: readonly Curve[];
  readonly bands: readonly Band[];
  readonly marks: readonly Mark[];
  readonly levels: readonly Level[];
  readonly xLabel: string;
  readonly xKind: 'number' | 'time';
  readonly xLog: boolean;
  readonly yLog: boolean;
  /** What of x is shown. */
  readonly xRange: readonly [number, number];
  /** What of y is shown; null for all that there is. */
  readonly yRange: readonly [number, number] | null;
  /** Whether the y axis is that of the middle 98 % of the values alone. */
  readonly clipped: boolean;
}

/** How far from the values a level, an interval or a context may reach and be shown with them, in units of their span. */
const REACH = 1;

/** What of the values a clipped axis leaves out at each end. */
const CLIPPED = 0.01;

/**
 * Least and largest value that the curves show within the x range; null where they show none. Intervals and context
 * count as far as they are near the values.
 */
export function extent(figure: Figure): [number, number] | null {
  const found = ends(values(figure), figure.clipped);
  if (found === null) {
    return ends(others(figure), false);
  }
  let [least, most] = found.map((value) => scaled(figure, value)) as [number, number];
  const reach = REACH * (most - least);
  const limits = [least - reach, most + reach] as const;
  for (const value of others(figure)) {
    const place = Math.min(Math.max(scaled(figure, value), limits[0]), limits[1]);
    least = Math.min(least, place);
    most = Math.max(most, place);
  }
  return figure.yLog ? [Math.exp(least), Math.exp(most)] : [least, most];
}

/** The range of the y axis: what there is with some room about it. */
export function yRange(figure: Figure): [number, number] {
  if (figure.yRange !== null) {
    return [figure.yRange[0], figure.yRange[1]];
  }
  const found = extent(figure);
  if (found === null) {
    return figure.yLog ? [0.1, 10] : [0, 1];
  }
  const [least, most] = found;
  if (figure.yLog) {
    const room = Math.max((most / least) ** 0.05, 1.05);
    return [least / room, most * room];
  }
  const room = (most - least) * 0.05 || Math.abs(most) * 0.05 || 1;
  return [least - room, most + room];
}

/** How many values within the x range lie beyond the y axis. */
export function beyond(figure: Figure): number {
  const [least, most] = yRange(figure);
  return figure.yRange !== null || figure.clipped ? values(figure).filter((value) => value < least || value > most).length : 0;
}

function values(figure: Figure): number[] {
  const result: number[] = [];
  for (const curve of figure.curves) {
    for (let i = 0; i < curve.x.length && curve.context !== true; i++) {
      if (visible(figure, curve, i, curve.y[i])) {
        result.push(curve.y[i] as number);
      }
    }
  }
  return result;
}

/** Ends of intervals, context, and levels that are near the values. */
function others(figure: Figure): number[] {
  const result: number[] = [];
  for (const curve of figure.curves) {
    for (let i = 0; i < curve.x.length; i++) {
      for (const value of curve.context === true ? [curve.y[i]] : [curve.low?.[i], curve.high?.[i]]) {
        if (visible(figure, curve, i, value)) {
          result.push(value as number);
        }
      }
    }
  }
  const found = ends(values(figure), figure.clipped);
  if (found !== null) {
    // A level farther away than that says nothing of these values.
    const reach = 2 * REACH * (found[1] - found[0]);
    result.push(...figure.levels.map((level) => level.at).filter((at) => (!figure.yLog || at > 0) && at >= found[0] - reach && at <= found[1] + reach));
  }
  return result;
}

function visible(figure: Figure, curve: Curve, i: number, value: number | undefined): boolean {
  const x = curve.x[i] as number;
  return x >= figure.xRange[0] && x <= figure.xRange[1] && value !== undefined && Number.isFinite(value) && !(figure.yLog && value <= 0);
}

function ends(found: number[], clipped: boolean): [number, number] | null {
  if (found.length === 0) {
    return null;
  }
  if (clipped) {
    const sorted = found.sort((a, b) => a - b);
    const left = Math.floor(sorted.length * CLIPPED);
    return [sorted[left] as number, sorted[sorted.length - 1 - left] as number];
  }
  let least = Infinity;
  let most = -Infinity;
  for (const value of found) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return [least, most];
}

function scaled(figure: Figure, value: number): number {
  return figure.yLog ? Math.log(value) : value;
}

/** How many values a logarithmic axis cannot show. */
export function hiddenByLog(figure: Figure): number {
  if (!figure.yLog) {
    return 0;
  }
  let hidden = 0;
  for (const curve of figure.curves) {
    for (let i = 0; i < curve.y.length; i++) {
      hidden += (curve.y[i] as number) <= 0 ? 1 : 0;
    }
  }
  return hidden;
}
