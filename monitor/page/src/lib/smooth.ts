import { lowerBound } from './nearest';

/**
 * Mean over a window about each point, every point by the stretch of x that it stands for, so that a place
 * with more points does not count for more.
 *
 * @param x ascending
 * @param width of the window, in units of x; 0 leaves the values as they are
 */
export function smoothed(x: ArrayLike<number>, y: ArrayLike<number>, width: number): number[] {
  const n = x.length;
  if (!(width > 0) || n < 3) {
    return Array.from(y);
  }
  const weights = stretches(x);
  const sums = new Float64Array(n + 1);
  const totals = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    sums[i + 1] = (sums[i] as number) + (weights[i] as number) * (y[i] as number);
    totals[i + 1] = (totals[i] as number) + (weights[i] as number);
  }
  return Array.from(x, (at, i) => {
    // As wide to the left as to the right, so that a slope stays where it is up to the ends.
    const half = Math.min(width / 2, at - (x[0] as number), (x[n - 1] as number) - at);
    const rounding = 1e-12 * (Math.abs(at) + half);
    const from = lowerBound(x, at - half - rounding);
    const to = Math.max(from + 1, lowerBound(x, at + half + rounding));
    const total = (totals[to] as number) - (totals[from] as number);
    return total > 0 ? ((sums[to] as number) - (sums[from] as number)) / total : (y[i] as number);
  });
}

function stretches(x: ArrayLike<number>): Float64Array {
  const n = x.length;
  return Float64Array.from({ length: n }, (_, i) => {
    const left = i === 0 ? 2 * (x[0] as number) - (x[1] as number) : (x[i - 1] as number);
    const right = i === n - 1 ? 2 * (x[n - 1] as number) - (x[n - 2] as number) : (x[i + 1] as number);
    return Math.max((right - left) / 2, Number.MIN_VALUE);
  });
}
