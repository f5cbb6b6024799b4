/** State of a run with respect to the Edge of Stability, without the prefix of the wire format. */
export type Regime =
  | 'UNSPECIFIED' | 'STARTING' | 'STABLE' | 'EDGE' | 'FLOWING' | 'SETTLED' | 'CATAPULT' | 'CHAOTIC' | 'DIVERGED' | 'STALLED' | 'ENDED';

/** How a run is doing. */
export type Status = 'RUNNING' | 'SILENT' | 'COMPLETED' | 'STOPPED' | 'DIVERGED' | 'FAILED';

/** What a run's x axis counts. */
export type Axis = 'step' | 'flow_time' | 'time';

/** What a run trains on; lists may be shorter than what they count. */
export interface DataDescription {
  readonly summary?: string;
  readonly files?: readonly string[];
  readonly train_rows?: string;
  readonly test_rows?: string;
  readonly split?: { readonly kind?: string; readonly seed?: string; readonly rows?: string; readonly held_out?: string };
  readonly features?: string;
  readonly columns?: readonly string[];
  readonly image?: { readonly height?: number; readonly width?: number; readonly channels?: number; readonly layout?: string; readonly divisor?: number };
  readonly task?: string;
  readonly target?: string;
  readonly class_count?: string;
  readonly classes?: readonly { readonly name?: string; readonly train?: string; readonly test?: string }[];
  readonly feature_scaling?: string;
  readonly target_mean?: number;
  readonly target_deviation?: number;
  readonly warnings?: readonly string[];
}

/** What the producer said when the run began; what it left out is absent. */
export interface Started {
  readonly name?: string;
  readonly tags?: Record<string, string>;
  readonly group?: string;
  readonly started_at?: string;
  readonly producer?: { readonly name?: string; readonly version?: string; readonly device?: string };
  readonly problem?: string;
  readonly network?: string;
  readonly dataset?: string;
  readonly train_size?: string;
  readonly dimension?: string;
  readonly scale_invariant_dimension?: string;
  readonly learning_rate?: number;
  readonly weight_decay?: number;
  readonly momentum?: number;
  readonly precision?: string;
  readonly seed?: string;
  readonly scale_invariance_error?: number;
  readonly planned_steps?: string;
  readonly update_rule?: string;
  readonly resumed_from?: { readonly run_id?: string; readonly step?: string };
  readonly data?: DataDescription;
}

/** What a person wrote about a run. */
export interface Note {
  readonly name?: string;
  readonly tags?: readonly string[];
  readonly note?: string;
  readonly archived?: boolean;
  readonly updated_at?: string;
}

/** A run in short, as /api/runs has it. */
export interface Summary {
  readonly run_id: string;
  readonly status: Status;
  readonly regime: string;
  readonly furthest_regime?: string;
  readonly last_step?: string;
  readonly planned_steps?: string;
  readonly updated_at: string;
  readonly flow_time?: number;
  readonly stability_ratio?: number;
  readonly sharpness?: number;
  readonly first_edge_step?: string;
  readonly sparkline?: { readonly from_step: string; readonly to_step: string; readonly stability_ratio: readonly number[] };
  readonly note?: Note;
  readonly started?: Started;
  readonly ended?: { readonly last_step?: string; readonly status?: string; readonly reason?: string; readonly ended_at?: string };
}

/** A run with its history, as /api/runs/ID has it. */
export interface Run extends Summary {
  readonly regime_changes: readonly RawChange[];
  readonly flow?: Record<string, unknown>;
}

/** A change of regime as it is sent. */
export interface RawChange {
  readonly run_id: string;
  readonly from: string;
  readonly to: string;
  readonly detected_at_step: string;
  readonly onset_step?: string;
  readonly onset_low?: string;
  readonly onset_high?: string;
  readonly evidence?: {
    readonly sentence?: string;
    readonly stability_ratio?: number;
    readonly stability_ratio_error?: number;
    readonly point?: string;
    readonly gradient_cosine?: number;
    readonly angular_step_squared?: number;
    readonly norm_ledger_error?: number;
  };
  readonly detector_version?: string;
  readonly episode?: number;
  readonly scale_invariance_lost_at_step?: string;
  readonly end_taken_back?: boolean;
}

/** A change of regime with steps as numbers. */
export interface RegimeChange {
  readonly from: Regime;
  readonly to: Regime;
  readonly detectedAt: number;
  readonly onset: number | null;
  readonly onsetLow: number | null;
  readonly onsetHigh: number | null;
  readonly raw: RawChange;
}

/** A field that the run has values of. */
export interface Field {
  readonly name: string;
  readonly kind: string;
  readonly label: string;
  readonly unit: string;
  readonly count: number;
  readonly first?: number;
  readonly last?: number;
  readonly min?: number;
  readonly max?: number;
}

/** The fields of a run. */
export interface Fields {
  readonly run_id: string;
  readonly last_step?: string;
  readonly complete: boolean;
  readonly read: number;
  readonly fields: readonly Field[];
}

/** Points of one field; where they are not raw, least and largest of each bucket. */
export interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly raw: boolean;
  readonly count: number;
  /** Means of the buckets, where asked for and decimated. */
  readonly mean?: { readonly x: readonly number[]; readonly y: readonly number[] };
}

/** An answer of /series. */
export interface Series {
  readonly run_id: string;
  readonly x: Axis;
  readonly from?: number;
  readonly to?: number;
  readonly last_step?: string;
  readonly complete: boolean;
  readonly read: number;
  readonly series: Record<string, Points>;
}

/** What to ask /series for. */
export interface SeriesQuery {
  readonly fields: readonly string[];
  readonly x: Axis;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly points: number;
  readonly log: boolean;
  /** Whether smoothing needs the means of the buckets. */
  readonly means?: boolean;
}

/** Sharpness ahead as one fit saw it. */
export interface Forecast {
  readonly horizon: number;
  readonly flow_time?: number;
  readonly at_step?: number;
  readonly sharpness: number;
  readonly low?: number;
  readonly high?: number;
  readonly probability?: number;
  readonly came?: number;
}

/** Forecasts of several fits, in order of steps. */
export interface Forecasts {
  readonly run_id: string;
  readonly complete: boolean;
  readonly count: number;
  readonly fits: readonly {
    readonly step: string;
    readonly flow_time?: number;
    readonly sharpness?: number;
    readonly basis?: string;
    readonly may_be_thrown?: boolean;
    readonly forecasts: readonly Forecast[];
  }[];
}

/** A record that could not be used. */
export interface Rejected {
  readonly rejected_at?: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly reason: string;
  readonly detail?: string;
  readonly run_id?: string;
  readonly step?: string;
  readonly key?: string;
  readonly value_bytes?: number;
  readonly value?: string;
}

/** The monitor that serves the page. */
export interface MonitorInfo {
  readonly version: string;
  readonly application_id?: string;
  readonly started_at?: string;
  readonly read_only?: boolean;
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/** A page of a longer list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly total: number;
}
