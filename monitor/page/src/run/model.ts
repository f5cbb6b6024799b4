import { Live, type Connection } from '../api/live';
import { changes as read, integer } from '../api/reading';
import { SourceError, type Source } from '../api/source';
import type { Axis, Fields, Forecasts, Points, RegimeChange, Run, Summary } from '../api/types';
import { Clock } from './clock';
import type { Material } from './figures';
import { charts, fieldsOf, type ChartSpec } from './specs';
import type { View } from './view';

/** What is known of a run so far. */
export interface RunState {
  readonly run: Run | null;
  readonly specs: readonly ChartSpec[];
  readonly fields: Fields | null;
  readonly material: Material | null;
  readonly changes: readonly RegimeChange[];
  readonly lastStep: number;
  /** Last steps and the moments they were heard of. */
  readonly recent: readonly { readonly step: number; readonly at: number }[];
  readonly connection: Connection;
  /** Share of the run that the monitor has read; 1 when it has read all. */
  readonly read: number;
  /** Whether what is shown is all points there are, none left out. */
  readonly raw: boolean;
  readonly error: SourceError | null;
  /** When the newest answer came. */
  readonly heard: number | null;
}

/** Least time between two requests for series while a run goes on, in milliseconds. */
const PAUSE_MS = 600;

/** A run that another monitor of the cluster works on is told of less often; then it is asked for, in milliseconds. */
const QUIET_MS = 3000;

/** Forecasts and the list of fields change slowly. */
const SLOW_MS = 3000;

const CLOCK_POINTS = 600;
const FORECAST_FITS = 200;

/** A run as one view follows it: asks the source for what the view needs, again as the run goes on. */
export class RunModel {
  state: RunState = {
    run: null,
    specs: [],
    fields: null,
    material: null,
    changes: [],
    lastStep: 0,
    recent: [],
    connection: 'connecting',
    read: 1,
    raw: false,
    error: null,
    heard: null,
  };

  private live: Live | null = null;
  private closed = false;
  private busy = false;
  private again = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private quiet: ReturnType<typeof setTimeout> | undefined;
  private slowAt = 0;
  private forecasts: Forecasts | null = null;
  private clock: Record<string, Points> = {};
  private view: View | null = null;
  private points = 1200;

  constructor(
    private readonly source: Source,
    readonly id: string,
    private readonly changed: () => void,
  ) {
    if (source.live) {
      this.live = new Live([id], {
        run: (summary) => this.summary(summary),
        regime: (_, change) => this.regime(change),
        progress: (_, step) => this.progress(step),
        reset: () => this.refresh(true),
        connection: (connection) => this.set({ connection }),
      });
    }
  }

  /** Follows this view from now on, with about this many points for each curve. */
  look(view: View, points: number): void {
    const before = this.view;
    const same =
      before !== null && before.axis === view.axis && before.xLog === view.xLog && String(before.range) === String(view.range) && before.smooth > 0 === view.smooth > 0 && this.points === points;
    this.view = view;
    this.points = points;
    if (!same) {
      this.refresh(before === null);
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    clearTimeout(this.quiet);
    this.live?.close();
  }

  /** Asks again, for everything or for what changes fast. */
  refresh(all: boolean): void {
    if (all) {
      this.slowAt = 0;
    }
    if (this.busy) {
      this.again = true;
      return;
    }
    clearTimeout(this.timer);
    clearTimeout(this.quiet);
    void this.load();
  }

  /** What a note changed. */
  summary(summary: Summary): void {
    if (this.state.run !== null) {
      this.set({ run: { ...this.state.run, ...summary } });
      this.progress(integer(summary.last_step) ?? this.state.lastStep);
    }
  }

  private regime(change: RegimeChange): void {
    const known = this.state.changes.some((c) => c.detectedAt === change.detectedAt && c.to === change.to && c.from === change.from);
    if (!known) {
      this.set({ changes: [...this.state.changes, change] });
      this.slowAt = 0;
      this.soon();
    }
  }

  private progress(step: number): void {
    if (step > this.state.lastStep) {
      const now = Date.now();
      const recent = [...this.state.recent, { step, at: now }].filter((seen) => now - seen.at < 15_000);
      this.set({ lastStep: step, recent });
      this.soon();
    }
  }

  private soon(): void {
    if (this.timer === undefined && !this.closed) {
      this.timer = setTimeout(() => this.refresh(false), PAUSE_MS);
    }
  }

  private async load(): Promise<void> {
    const view = this.view;
    if (view === null || this.closed) {
      return;
    }
    this.busy = true;
    this.timer = undefined;
    try {
      if (Date.now() - this.slowAt > SLOW_MS) {
        await this.loadSlow();
      }
      await this.loadSeries(view);
    } catch (error) {
      this.set({ error: error instanceof SourceError ? error : new SourceError(String(error), 0) });
      // A run that is not there may be about to start: the demo opens this page before it trains.
      if (this.source.live && !this.closed) {
        this.timer = setTimeout(() => this.refresh(true), 2000);
      }
    }
    this.busy = false;
    clearTimeout(this.quiet);
    if (this.source.live && !this.closed && this.state.run?.status === 'RUNNING') {
      this.quiet = setTimeout(() => this.refresh(false), QUIET_MS);
    }
    if (this.again && !this.closed) {
      this.again = false;
      this.soon();
    }
  }

  private async loadSlow(): Promise<void> {
    const [run, fields, forecasts] = await Promise.all([
      this.source.run(this.id),
      this.source.fields(this.id),
      this.source.forecasts(this.id, FORECAST_FITS),
    ]);
    this.slowAt = Date.now();
    this.forecasts = forecasts.fits.length === 0 ? null : forecasts;
    this.set({
      run,
      fields,
      specs: charts(fields),
      changes: read(run),
      lastStep: this.known(Math.max(integer(fields.last_step) ?? 0, integer(run.last_step) ?? 0)),
    });
  }

  private async loadSeries(view: View): Promise<void> {
    const extra = [...Clock.FIELDS, 'midpoint_eigenvalue_1', 'iterate_eigenvalue_1'];
    const names = [...new Set([...fieldsOf(this.state.specs), ...extra])];
    const [clock, answer] = await Promise.all([
      this.source.series(this.id, { fields: Clock.FIELDS, x: 'step', points: CLOCK_POINTS, log: false }),
      this.source.series(this.id, {
        fields: names,
        x: view.axis,
        from: view.range?.[0],
        to: view.range?.[1],
        points: this.points,
        log: view.xLog && view.axis !== 'time',
        means: view.smooth > 0,
      }),
    ]);
    this.clock = clock.series;
    const shown = Object.values(answer.series);
    const lastStep = this.known(integer(answer.last_step) ?? 0);
    this.set({
      lastStep,
      read: answer.complete ? 1 : answer.read,
      raw: shown.length > 0 && shown.every((points) => points.raw),
      error: null,
      heard: Date.now(),
      material: this.material(answer.series, view.axis, lastStep, [answer.from, answer.to]),
    });
    if (!answer.complete) {
      this.slowAt = 0;
      this.timer = setTimeout(() => this.refresh(true), 1000);
    }
  }

  /** The last step by an answer that says this one. Of a run that goes on events know more; what is played back may go back. */
  private known(step: number): number {
    return this.source.live ? Math.max(this.state.lastStep, step) : step;
  }

  private material(series: Readonly<Record<string, Points>>, axis: Axis, lastStep: number, shown: readonly [number | undefined, number | undefined]): Material {
    const clock = new Clock(this.clock);
    const steps = this.clock['flow_time'] ?? this.clock['observed_at'];
    const from = clock.at(axis, steps?.x[0] ?? 0) ?? shown[0] ?? 0;
    const to = clock.at(axis, lastStep) ?? shown[1] ?? 1;
    return { series, changes: this.state.changes, forecasts: this.forecasts, clock, lastStep, whole: [from, Math.max(to, from)] };
  }

  private set(change: Partial<RunState>): void {
    this.state = { ...this.state, ...change };
    if (!this.closed) {
      this.changed();
    }
  }
}
