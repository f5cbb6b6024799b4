import { integer } from '../api/reading';
import { Recorded, type RecordedRun, type Recording } from '../api/recorded';
import type { RunsQuery, Source } from '../api/source';
import type { Fields, Forecasts, MonitorInfo, Note, Page, Points, Rejected, Run, Series, SeriesQuery, Summary } from '../api/types';
import { lowerBound } from '../lib/nearest';

/**
 * A run as it was when a step had just come: later steps, verdicts and fits are not there yet, and of earlier forecasts
 * nobody knows what came. The step can be set at any time.
 */
export class Playback implements Source {
  readonly live = false;
  /** The step that is the last so far. */
  step = 0;

  constructor(
    private readonly whole: Source,
    private readonly recording: Recording,
    private readonly id: string,
  ) {}

  private get then(): Recorded {
    const run = this.recording.runs[this.id];
    return new Recorded(run === undefined ? this.recording : { ...this.recording, runs: { [this.id]: asOf(run, this.step) } });
  }

  runs(query: RunsQuery): Promise<Page<Summary>> {
    return this.then.runs(query);
  }

  run(id: string): Promise<Run> {
    return this.then.run(id);
  }

  fields(id: string): Promise<Fields> {
    return this.then.fields(id);
  }

  series(id: string, query: SeriesQuery): Promise<Series> {
    return this.then.series(id, query);
  }

  forecasts(id: string): Promise<Forecasts> {
    return this.then.forecasts(id);
  }

  fit(id: string, step: number): Promise<Record<string, unknown> | null> {
    return this.whole.fit(id, Math.min(step, this.step));
  }

  rejected(): Promise<Page<Rejected>> {
    return this.then.rejected();
  }

  monitor(): Promise<MonitorInfo> {
    return this.whole.monitor();
  }

  note(_id: string, _note: Note): Promise<Summary> {
    return this.then.note();
  }
}

/** The run when this step had just come. */
export function asOf(recorded: RecordedRun, step: number): RecordedRun {
  const series = cut(recorded.series, step);
  return {
    run: runThen(recorded.run, series, step),
    fields: { ...recorded.fields, last_step: String(Math.min(step, integer(recorded.fields.last_step) ?? step)) },
    series,
    forecasts: forecastsThen(recorded.forecasts, step),
  };
}

function cut(series: Series, step: number): Series {
  const cut: Record<string, Points> = {};
  for (const [name, points] of Object.entries(series.series)) {
    const end = lowerBound(points.x, step + 1);
    const { mean: _mean, ...rest } = points;
    cut[name] = { ...rest, x: points.x.slice(0, end), y: points.y.slice(0, end) };
  }
  return { ...series, last_step: String(step), series: cut };
}

function runThen(run: Run, { series }: Series, step: number): Run {
  const { flow: _flow, ended, sparkline: _sparkline, first_edge_step: edge, stability_ratio: _ratio, sharpness: _sharpness, flow_time: _time, ...rest } = run;
  const over = step >= (integer(run.last_step) ?? Infinity);
  const changes = run.regime_changes.filter((change) => (integer(change.detected_at_step) ?? 0) <= step);
  const ratio = last(series['stability_ratio_pair_mean']);
  const sharpness = last(series['midpoint_eigenvalue_1'] ?? series['iterate_eigenvalue_1']);
  const time = last(series['flow_time']);
  const moment = last(series['observed_at']);
  return {
    ...rest,
    status: over ? run.status : 'RUNNING',
    regime: over ? run.regime : (changes[changes.length - 1]?.to ?? 'REGIME_STARTING'),
    last_step: String(step),
    regime_changes: changes,
    ...(over && ended !== undefined ? { ended } : {}),
    ...(edge !== undefined && changes.some((change) => change.to === 'REGIME_EDGE') ? { first_edge_step: edge } : {}),
    ...(ratio === null ? {} : { stability_ratio: ratio }),
    ...(sharpness === null ? {} : { sharpness }),
    ...(time === null ? {} : { flow_time: time }),
    ...(moment === null ? {} : { updated_at: new Date(moment).toISOString() }),
  };
}

function forecastsThen(forecasts: Forecasts, step: number): Forecasts {
  const fits = forecasts.fits
    .filter((fit) => Number(fit.step) <= step)
    .map((fit) => ({
      ...fit,
      forecasts: fit.forecasts.map((forecast) => {
        const { came, ...open } = forecast;
        return came !== undefined && (forecast.at_step ?? Infinity) <= step ? forecast : open;
      }),
    }));
  return { ...forecasts, fits };
}

function last(points: Points | undefined): number | null {
  return points?.y[points.y.length - 1] ?? null;
}
