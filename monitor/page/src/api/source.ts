import type { Fields, Forecasts, MonitorInfo, Note, Page, Rejected, Run, Series, SeriesQuery, Summary } from './types';

/** Which runs, in which order. */
export interface RunsQuery {
  readonly offset: number;
  readonly limit: number;
  readonly q: string;
  readonly status: string;
  readonly regime: string;
  readonly group: string | null;
  readonly archived: 'false' | 'true' | 'any';
  readonly sort: string;
  readonly order: 'asc' | 'desc';
}

/** Where the page has its data from: a monitor, or what a report carries. */
export interface Source {
  /** Whether more may come. */
  readonly live: boolean;
  runs(query: RunsQuery): Promise<Page<Summary>>;
  run(id: string): Promise<Run>;
  fields(id: string): Promise<Fields>;
  series(id: string, query: SeriesQuery): Promise<Series>;
  forecasts(id: string, points: number): Promise<Forecasts>;
  fit(id: string, step: number): Promise<Record<string, unknown> | null>;
  rejected(runId: string, reason: string, offset: number, limit: number): Promise<Page<Rejected>>;
  monitor(): Promise<MonitorInfo>;
  note(id: string, note: Note): Promise<Summary>;
}

/** Says in one sentence what went wrong; status 0 where nobody answered. */
export class SourceError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}
