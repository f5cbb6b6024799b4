/** Ends of what is shown of an axis. */
export type Range = readonly [number, number];

/** The range moved by a share of its width; on a logarithmic axis by a share of its decades. */
export function panned(range: Range, share: number, log: boolean): [number, number] {
  return mapped(range, log, (from, to) => [from + share * (to - from), to + share * (to - from)]);
}

/**
 * The range this many times as wide.
 *
 * @param about what stays where it is, as a share of the range
 */
export function zoomed(range: Range, factor: number, about: number, log: boolean): [number, number] {
  return mapped(range, log, (from, to) => {
    const middle = from + about * (to - from);
    return [middle - (middle - from) * factor, middle + (to - middle) * factor];
  });
}

/** The range moved, and where it has to be narrowed, to lie within another; null where it is all of that. */
export function within(range: Range, all: Range): [number, number] | null {
  const width = range[1] - range[0];
  if (!(width > 0) || width >= all[1] - all[0]) {
    return null;
  }
  const from = Math.min(Math.max(range[0], all[0]), all[1] - width);
  return [from, from + width];
}

function mapped(range: Range, log: boolean, change: (from: number, to: number) => [number, number]): [number, number] {
  if (!log) {
    return change(range[0], range[1]);
  }
  const [from, to] = change(Math.log(range[0]), Math.log(range[1]));
  return [Math.exp(from), Math.exp(to)];
}
