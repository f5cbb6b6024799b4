import type { Regime } from '../api/types';

/** Colours of one theme, for what is drawn rather than styled. */
export interface Palette {
  readonly background: string;
  readonly ink: string;
  readonly muted: string;
  readonly grid: string;
  /** Curves, in an order that people with any kind of colour vision can tell apart (Okabe and Ito, 2008). */
  readonly curves: readonly string[];
  readonly regimes: Record<Regime, string>;
}

export const LIGHT: Palette = {
  background: '#ffffff',
  ink: '#1c1c1a',
  muted: '#5f5f5a',
  grid: '#1c1c1a14',
  curves: ['#0072b2', '#c44e00', '#008a64', '#b0568a', '#946400', '#3a8fc4', '#4d4d4d'],
  regimes: {
    UNSPECIFIED: '#8c8c8c24',
    STARTING: '#8c8c8c24',
    STABLE: '#3b7dd81c',
    EDGE: '#e08a0030',
    FLOWING: '#009e7322',
    SETTLED: '#8e6bbf22',
    CATAPULT: '#d62f2f40',
    CHAOTIC: '#c218a02e',
    DIVERGED: '#7a103050',
    STALLED: '#8c8c8c38',
    ENDED: '#00000000',
  },
};

export const DARK: Palette = {
  background: '#191b1d',
  ink: '#e8e8e5',
  muted: '#a6a9a8',
  grid: '#ffffff14',
  curves: ['#5ab4ea', '#f08a52', '#35c79d', '#e39cc4', '#dfb443', '#9bd2f5', '#c8c8c8'],
  regimes: {
    UNSPECIFIED: '#9a9a9a2a',
    STARTING: '#9a9a9a2a',
    STABLE: '#5c9bf01c',
    EDGE: '#ffab302c',
    FLOWING: '#1fc79520',
    SETTLED: '#b28ee828',
    CATAPULT: '#ff55554d',
    CHAOTIC: '#ff6fd83a',
    DIVERGED: '#c8305a60',
    STALLED: '#9a9a9a40',
    ENDED: '#00000000',
  },
};

/** Line styles: with seven colours each, 21 runs can be told apart. */
export const DASHES: readonly (readonly number[])[] = [[], [6, 3], [1.5, 3]];

/** Colour and dashes of the n-th of several things, from 0. */
export function style(palette: Palette, n: number): { colour: string; dash: readonly number[] } {
  const colours = palette.curves.length;
  return {
    colour: palette.curves[n % colours] as string,
    dash: DASHES[Math.floor(n / colours) % DASHES.length] as readonly number[],
  };
}

/** From dark violet to yellow, evenly bright steps (after viridis); a share of 0 to 1. */
export function viridis(share: number): string {
  const stops = [
    [68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141], [39, 173, 129], [92, 200, 99], [170, 220, 50], [253, 231, 37],
  ] as const;
  const place = Math.min(Math.max(share, 0), 1) * (stops.length - 1);
  const left = Math.min(Math.floor(place), stops.length - 2);
  const part = place - left;
  const mixed = [0, 1, 2].map((i) => Math.round((stops[left]?.[i] ?? 0) * (1 - part) + (stops[left + 1]?.[i] ?? 0) * part));
  return `rgb(${mixed.join(' ')})`;
}
