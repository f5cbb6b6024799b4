import { moment, number, powerOfTen } from '../lib/format';

/** A tick and its text. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/** Round places within a range, about as many as asked for. */
export function ticks(low: number, high: number, wanted: number, log: boolean): Tick[] {
  return log ? logarithmic(low, high, wanted) : linear(low, high, wanted);
}

/** Places of a time axis, in milliseconds since 1970. */
export function timeTicks(low: number, high: number, wanted: number): Tick[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400, 172800, 604800].map((s) => s * 1000);
  const step = steps.find((s) => (high - low) / s <= wanted) ?? 2592000000;
  const offset = new Date(low).getTimezoneOffset() * 60000;
  const result: Tick[] = [];
  for (let at = Math.ceil((low - offset) / step) * step + offset; at <= high; at += step) {
    const text = moment(at);
    result.push({ at, text: step >= 86400000 ? text.slice(0, 10) : step >= 60000 ? text.slice(11, 16) : text.slice(11) });
  }
  return result;
}

function linear(low: number, high: number, wanted: number): Tick[] {
  const span = high - low;
  if (!(span > 0)) {
    return [{ at: low, text: number(low) }];
  }
  const rough = span / Math.max(wanted, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= rough) ?? 10 * power;
  const result: Tick[] = [];
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // As many digits as tell neighbours apart.
  const digits = Math.max(1, Math.ceil(Math.log10(Math.max(Math.abs(low), Math.abs(high)) / step)) + 1);
  for (let i = first; i <= last; i++) {
    const at = i === 0 ? 0 : i * step;
    result.push({ at, text: number(Math.abs(at) < step / 2 ? 0 : at, Math.min(digits, 12)) });
  }
  return result;
}

function logarithmic(low: number, high: number, wanted: number): Tick[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  if (last - first < 1) {
    return linear(low, high, wanted);
  }
  const every = Math.max(1, Math.ceil((last - first + 1) / Math.max(wanted, 1)));
  const result: Tick[] = [];
  // Over many decades a line for each would be a hatching.
  for (let power = Math.ceil(first / every) * every; power <= last; power += every) {
    const plain = power >= -2 && power <= 3;
    const text = plain ? number(10 ** power) : powerOfTen(power);
    result.push({ at: 10 ** power, text });
  }
  return result;
}
