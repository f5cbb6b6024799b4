import { changes, displayName, instant, integer, updateRule } from '../api/reading';
import type { Source } from '../api/source';
import type { Field, Fields, Points, Run } from '../api/types';
import type { Curve, Figure } from '../chart/figure';
import { style, type Palette } from '../lib/colours';
import { moment, number } from '../lib/format';
import { firstOnset } from '../lib/regimes';
import type { Alignment } from './selection';

/** One of the compared runs. */
export interface Compared {
  readonly id: string;
  /** Its place among the compared runs, which decides its colour. */
  readonly slot: number;
  readonly run: Run;
  readonly fields: Fields;
  /** Step of the first onset of the edge; null before any. */
  readonly onset: number | null;
  readonly series: Readonly<Record<string, Points>>;
}

/** A chart of a comparison: the first of its fields that a run has. */
export interface Topic {
  readonly id: string;
  readonly title: string;
  readonly fields: readonly string[];
  readonly log: boolean;
  readonly level?: number;
}

/** What is compared unless the reader chooses. */
export const TOPICS: readonly Topic[] = [
  { id: 'ratio', title: 'Stability ratio s, mean of two steps', fields: ['stability_ratio_pair_mean', 'stability_ratio'], log: false, level: 1 },
  { id: 'sharpness', title: 'Sharpness λ₁', fields: ['midpoint_eigenvalue_1', 'iterate_eigenvalue_1'], log: false },
  { id: 'loss', title: 'Training loss', fields: ['loss'], log: true },
  { id: 'test-loss', title: 'Test loss', fields: ['test_loss'], log: true },
  { id: 'accuracy', title: 'Test accuracy', fields: ['test_accuracy'], log: false },
  { id: 'share', title: 'Share of the oscillation α²/2η_in', fields: ['angular_step_share'], log: false, level: 1 },
  { id: 'rate', title: 'Effective learning rate η̃', fields: ['effective_learning_rate'], log: true },
  { id: 'g2', title: 'G² by the angular step', fields: ['fit.g2.angular_step'], log: true },
];

/** The chart of a field that the reader added. */
export function topicOf(field: string, label: string | undefined): Topic {
  return { id: field, title: label ?? field, fields: [field], log: false };
}

/** Asks for all of these runs; one that cannot be had is a sentence instead. */
export async function load(
  source: Source,
  runs: readonly (string | null)[],
  topics: readonly Topic[],
  alignment: Alignment,
  range: readonly [number, number] | null,
  points: number,
): Promise<{ readonly runs: readonly Compared[]; readonly failures: readonly string[] }> {
  const failures: string[] = [];
  const all = await Promise.all(
    runs.map(async (id, slot) => {
      if (id === null) {
        return null;
      }
      try {
        return await one(source, id, slot, topics, alignment, range, points);
      } catch (error) {
        failures.push(error instanceof Error ? error.message : String(error));
        return null;
      }
    }),
  );
  return { runs: all.filter((run) => run !== null), failures };
}

async function one(source: Source, id: string, slot: number, topics: readonly Topic[], alignment: Alignment, range: readonly [number, number] | null, points: number): Promise<Compared> {
  const [run, fields] = await Promise.all([source.run(id), source.fields(id)]);
  const onset = firstOnset(changes(run)) ?? integer(run.first_edge_step);
  const has = new Set(fields.fields.map((field) => field.name));
  const names = topics.flatMap((topic) => chosen(topic, has));
  const shift = alignment === 'onset' ? (onset ?? 0) : 0;
  const answer = await source.series(id, {
    fields: names.length === 0 ? ['loss'] : names,
    x: alignment === 'flow_time' ? 'flow_time' : 'step',
    from: range === null ? undefined : range[0] + shift,
    to: range === null ? undefined : range[1] + shift,
    points,
    log: false,
  });
  return { id, slot, run, fields, onset, series: answer.series };
}

/** The first field of the topic that is there, as a list of one or none. */
export function chosen(topic: Topic, has: ReadonlySet<string>): string[] {
  return topic.fields.filter((field) => has.has(field)).slice(0, 1);
}

/** One topic of all runs in one figure; null where no run has it. */
export function figureOf(
  topic: Topic,
  runs: readonly Compared[],
  alignment: Alignment,
  range: readonly [number, number] | null,
  flipped: ReadonlySet<string>,
  y: readonly [number, number] | null,
  clipped: ReadonlySet<string>,
  palette: Palette,
): Figure | null {
  const curves: Curve[] = [];
  for (const compared of runs) {
    const field = topic.fields.find((name) => compared.series[name] !== undefined);
    const points = field === undefined ? undefined : compared.series[field];
    if (points === undefined || (alignment === 'onset' && compared.onset === null)) {
      continue;
    }
    const shift = alignment === 'onset' ? (compared.onset ?? 0) : 0;
    const x = shift === 0 ? points.x : points.x.map((at) => at - shift);
    curves.push({ key: compared.id, label: displayName(compared.run), ...style(palette, compared.slot), x, y: points.y });
  }
  if (curves.length === 0) {
    return null;
  }
  const from = Math.min(...curves.map((curve) => curve.x[0] ?? Infinity));
  const to = Math.max(...curves.map((curve) => curve.x[curve.x.length - 1] ?? -Infinity));
  return {
    id: topic.id,
    title: topic.title,
    curves,
    bands: [],
    marks: alignment === 'onset' ? [{ at: 0, low: 0, high: 0, label: 'onset' }] : [],
    levels: topic.level === undefined ? [] : [{ at: topic.level, label: '' }],
    xLabel: alignment === 'flow_time' ? 'flow time τ' : alignment === 'onset' ? 'steps since the onset' : 'step',
    xKind: 'number',
    xLog: false,
    yLog: topic.log !== flipped.has(topic.id),
    xRange: range ?? [from, to > from ? to : from + 1],
    yRange: y,
    clipped: topic.id === 'share' !== clipped.has(topic.id),
  };
}

/** The figures over all of x that one of them has. */
export function sameRange(figures: readonly Figure[]): Figure[] {
  const from = Math.min(...figures.map((figure) => figure.xRange[0]));
  const to = Math.max(...figures.map((figure) => figure.xRange[1]));
  return figures.map((figure) => ({ ...figure, xRange: [from, to] }));
}

/** What the producer said of the run and what people wrote, as names and values. */
export function settingsOf(run: Run): (readonly [string, string])[] {
  const started = run.started;
  const at = instant(started?.started_at);
  const all: (readonly [string, string | undefined])[] = [
    ['problem', started?.problem],
    ['network', started?.network],
    ['data', started?.dataset],
    ['what was read', started?.data?.summary],
    ['η', started?.learning_rate === undefined ? undefined : number(started.learning_rate, 6)],
    ['λ', started?.weight_decay === undefined ? undefined : number(started.weight_decay, 6)],
    ['momentum', started?.momentum === undefined ? undefined : number(started.momentum, 6)],
    ['update', started?.update_rule === undefined ? undefined : updateRule(started)],
    ['precision', started?.precision],
    ['seed', started?.seed],
    ['examples', started?.train_size],
    ['weights', started?.dimension],
    ['planned steps', started?.planned_steps],
    ['group', started?.group],
    ['producer', [started?.producer?.name, started?.producer?.version].filter((part) => part).join(' ')],
    ['device', started?.producer?.device],
    ['started', at === null ? undefined : moment(at)],
    ...Object.entries(started?.tags ?? {}).map(([key, value]) => [`tag ${key}`, value] as const),
  ];
  return all.filter((entry): entry is readonly [string, string] => entry[1] !== undefined && entry[1] !== '');
}

/** Every field that one of the runs has. */
export function everyField(runs: readonly { readonly fields: Fields }[]): Field[] {
  const found = new Map<string, Field>();
  for (const run of runs) {
    run.fields.fields.forEach((field) => found.set(field.name, found.get(field.name) ?? field));
  }
  return [...found.values()];
}
