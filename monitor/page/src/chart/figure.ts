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
}

/** Least and largest value that the curves show within the x range; null where they show none. */
export function extent(figure: Figure): [number, number] | null {
  let least = Infinity;
  let most = -Infinity;
  const take = (value: number | undefined) => {
    if (value !== undefined && Number.isFinite(value) && !(figure.yLog && value <= 0)) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  };
  for (const curve of figure.curves) {
    for (let i = 0; i < curve.x.length; i++) {
      const x = curve.x[i] as number;
      if (x >= figure.xRange[0] && x <= figure.xRange[1]) {
        take(curve.y[i]);
        take(curve.low?.[i]);
        take(curve.high?.[i]);
      }
    }
  }
  return least <= most ? [least, most] : null;
}

/** How far from the values a level may be to be shown with them, in units of their span. */
const REACH = 2;

/** The range of the y axis: what there is with some room about it, levels within reach included. */
export function yRange(figure: Figure): [number, number] {
  if (figure.yRange !== null) {
    return [figure.yRange[0], figure.yRange[1]];
  }
  const found = extent(figure);
  if (found === null) {
    return figure.yLog ? [0.1, 10] : [0, 1];
  }
  let [least, most] = found;
  const reach = REACH * (found[1] - found[0]);
  for (const level of figure.levels) {
    if ((!figure.yLog || level.at > 0) && level.at >= found[0] - reach && level.at <= found[1] + reach) {
      least = Math.min(least, level.at);
      most = Math.max(most, level.at);
    }
  }
  if (figure.yLog) {
    const room = Math.max((most / least) ** 0.05, 1.05);
    return [least / room, most * room];
  }
  const room = (most - least) * 0.05 || Math.abs(most) * 0.05 || 1;
  return [least - room, most + room];
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
