import { interpolate } from '../lib/nearest';
import { displayName } from './reading';
import type { RunsQuery, Source } from './source';
import { SourceError } from './source';
import type { Fields, Forecasts, MonitorInfo, Page, Points, Rejected, Run, Series, SeriesQuery, Summary } from './types';

/** What a report carries of one run: the monitor's answers. */
export interface RecordedRun {
  readonly run: Run;
  readonly fields: Fields;
  /** Over steps. */
  readonly series: Series;
  readonly forecasts: Forecasts;
}

/** What a report carries. */
export interface Recording {
  readonly format: number;
  readonly made_at: string;
  readonly version: string;
  /** The view that it opens with. */
  readonly hash: string;
  readonly runs: Record<string, RecordedRun>;
}

/** The format that this page reads and writes. */
export const RECORDING_FORMAT = 1;

/** A report's own data: complete, and no more will come. */
export class Recorded implements Source {
  readonly live = false;

  constructor(readonly recording: Recording) {}

  async runs(query: RunsQuery): Promise<Page<Summary>> {
    const wanted = query.q.toLowerCase();
    const all = Object.values(this.recording.runs)
      .map((recorded) => recorded.run)
      .filter((run) => displayName(run).toLowerCase().includes(wanted) || run.run_id.toLowerCase().includes(wanted));
    return { items: all.slice(query.offset, query.offset + query.limit), total: all.length };
  }

  async run(id: string): Promise<Run> {
    return this.recorded(id).run;
  }

  async fields(id: string): Promise<Fields> {
    return this.recorded(id).fields;
  }

  async series(id: string, query: SeriesQuery): Promise<Series> {
    const recorded = this.recorded(id).series;
    const clock = query.x === 'flow_time' ? recorded.series['flow_time'] : query.x === 'time' ? recorded.series['observed_at'] : undefined;
    const series: Record<string, Points> = {};
    for (const name of query.fields) {
      const points = recorded.series[name];
      if (points !== undefined && (query.x === 'step' || clock !== undefined)) {
        series[name] = within(converted(points, clock), query.from, query.to);
      }
    }
    const ends = Object.values(series);
    const from = query.from ?? Math.min(...ends.map((points) => points.x[0] ?? Infinity));
    const to = query.to ?? Math.max(...ends.map((points) => points.x[points.x.length - 1] ?? -Infinity));
    return { ...recorded, x: query.x, series, ...(from <= to ? { from, to } : {}) };
  }

  async forecasts(id: string): Promise<Forecasts> {
    return this.recorded(id).forecasts;
  }

  async fit(): Promise<null> {
    return null;
  }

  async rejected(): Promise<Page<Rejected>> {
    return { items: [], total: 0 };
  }

  async monitor(): Promise<MonitorInfo> {
    return { version: this.recording.version, ready: true, reasons: [], read_only: true };
  }

  async note(): Promise<Summary> {
    throw new SourceError('A report cannot be changed.', 403);
  }

  private recorded(id: string): RecordedRun {
    const found = this.recording.runs[id];
    if (found === undefined) {
      throw new SourceError(`This report has no run with the id '${id}'.`, 404);
    }
    return found;
  }
}

function converted(points: Points, clock: Points | undefined): Points {
  return clock === undefined ? points : { ...points, x: points.x.map((step) => interpolate(clock.x, clock.y, step) ?? step) };
}

/** The points of the range and one more on each side. */
function within(points: Points, from: number | undefined, to: number | undefined): Points {
  if (from === undefined && to === undefined) {
    return points;
  }
  const first = points.x.findIndex((x) => x >= (from ?? -Infinity));
  const after = points.x.findIndex((x) => x > (to ?? Infinity));
  const start = Math.max(0, (first < 0 ? points.x.length : first) - 1);
  const end = (after < 0 ? points.x.length : after) + 1;
  return { raw: points.raw, count: points.count, x: points.x.slice(start, end), y: points.y.slice(start, end) };
}
