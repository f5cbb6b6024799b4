/** Index of the first element that is not below the value; the length if there is none. */
export function lowerBound(sorted: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/** Index of the element next to the value; −1 in an empty array. */
export function nearest(sorted: ArrayLike<number>, value: number): number {
  const after = lowerBound(sorted, value);
  if (after === sorted.length) {
    return after - 1;
  }
  if (after === 0) {
    return 0;
  }
  const before = after - 1;
  return value - (sorted[before] as number) <= (sorted[after] as number) - value ? before : after;
}

/**
 * The value at a place between two known ones, on the straight line between them; the end's beyond them.
 * Both arrays have the same length; the first ascends.
 */
export function interpolate(x: ArrayLike<number>, y: ArrayLike<number>, at: number): number | null {
  if (x.length === 0) {
    return null;
  }
  const after = lowerBound(x, at);
  if (after === 0) {
    return y[0] as number;
  }
  if (after === x.length) {
    return y[x.length - 1] as number;
  }
  const left = x[after - 1] as number;
  const right = x[after] as number;
  const share = right === left ? 0 : (at - left) / (right - left);
  return (y[after - 1] as number) * (1 - share) + (y[after] as number) * share;
}
