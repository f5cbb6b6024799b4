const SUPERSCRIPTS: Record<string, string> = {
  '0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '-': '⁻',
};

/** What stands where nothing was measured. */
export const ABSENT = '–';

/** A power of ten as people write it. */
export function powerOfTen(exponent: number): string {
  return '10' + [...String(exponent)].map((c) => SUPERSCRIPTS[c] ?? c).join('');
}

/**
 * A number with this many significant digits: plain where that is short, else with a power of ten.
 * Absent values are a dash, never 0.
 */
export function number(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) {
    return ABSENT;
  }
  if (!Number.isFinite(value)) {
    return value > 0 ? '∞' : '−∞';
  }
  if (value === 0) {
    return '0';
  }
  const size = Math.abs(value);
  if (size >= 1e-3 && size < 1e6) {
    const text = value.toPrecision(digits);
    const plain = text.includes('e') ? String(Math.round(value)) : trimmed(text);
    return minus(grouped(plain));
  }
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const shortened = trimmed(mantissa);
  const power = powerOfTen(Number(exponent));
  return shortened === '1' ? power : minus(`${shortened}·${power}`);
}

/** A whole number with separators between thousands. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? ABSENT : minus(grouped(String(Math.round(value))));
}

/** A value with its standard error, where it has one. */
export function estimate(value: number | null | undefined, error?: number | null): string {
  if (value === null || value === undefined) {
    return ABSENT;
  }
  return error === null || error === undefined ? number(value) : `${number(value)} ± ${number(error, 2)}`;
}

/** A span of time in its two largest units. */
export function duration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) {
    return ABSENT;
  }
  const whole = Math.round(seconds);
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  }
  if (whole < 86400) {
    return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  }
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

/** A moment in the reader's own time zone, to the second. */
export function moment(milliseconds: number): string {
  const at = new Date(milliseconds);
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day} ${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

/** How long ago, in one unit. */
export function ago(milliseconds: number, now: number): string {
  const seconds = Math.max(0, (now - milliseconds) / 1000);
  if (seconds < 5) {
    return 'now';
  }
  if (seconds < 60) {
    return `${Math.floor(seconds)} s ago`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ago`;
  }
  return seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86400)} d ago`;
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/0+$/, '').replace(/\.$/, '') : text;
}

function grouped(text: string): string {
  const [whole = '', ...rest] = text.split('.');
  const digits = whole.replace(/^[-−]/, '');
  const parted = digits.length > 4 ? digits.replace(/\B(?=(\d{3})+$)/g, ',') : digits;
  return (whole !== digits ? '-' : '') + [parted, ...rest].join('.');
}

function minus(text: string): string {
  return text.replace(/^-/, '−');
}
