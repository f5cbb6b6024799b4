import type { Axis, Points } from '../api/types';
import { interpolate } from '../lib/nearest';

/** Tells the flow time and the moment of a step; beyond the last one at its pace. */
export class Clock {
  constructor(private readonly series: Readonly<Record<string, Points>>) {}

  /** The fields that it needs, over steps. */
  static readonly FIELDS: readonly string[] = ['flow_time', 'observed_at'];

  /** Where a step is on this axis; null where the run does not tell. */
  at(axis: Axis, step: number): number | null {
    if (axis === 'step') {
      return step;
    }
    const points = this.series[axis === 'time' ? 'observed_at' : 'flow_time'];
    if (points === undefined || points.x.length === 0) {
      return null;
    }
    const last = points.x.length - 1;
    const end = points.x[last] as number;
    if (step <= end || last === 0) {
      return interpolate(points.x, points.y, step);
    }
    const before = Math.max(0, last - Math.ceil(last / 10));
    const rate = ((points.y[last] as number) - (points.y[before] as number)) / (end - (points.x[before] as number) || 1);
    return (points.y[last] as number) + rate * (step - end);
  }
}
