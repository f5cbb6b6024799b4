import { integer } from '../api/reading';
import type { DataDescription } from '../api/types';
import { count, number } from '../lib/format';
import type { Fact } from './Facts';

/** What a run trains on, point by point. */
export function dataFacts(data: DataDescription): readonly Fact[] {
  return [
    [data.files?.length === 1 ? 'file' : 'files', data.files?.join(', ')],
    ['rows to train on', whole(data.train_rows)],
    ['rows to test on', integer(data.test_rows) === 0 ? 'none' : whole(data.test_rows)],
    ['split', split(data)],
    ['features', whole(data.features)],
    ['columns', listed(data.columns ?? [], integer(data.features))],
    ['image', image(data), 'height×width×channels'],
    ['axes in the file', data.image?.layout],
    ['divided by', (data.image?.divisor ?? 0) > 1 ? String(data.image?.divisor) : null, 'what the numbers of the file are divided by before all else'],
    ['task', task(data)],
    ['target', data.target],
    ['classes', classes(data)],
    ['features are', features(data)],
    ['targets are', targets(data)],
  ];
}

function whole(text: string | undefined): string | null {
  const value = integer(text);
  return value === null ? null : count(value);
}

function split(data: DataDescription): string | null {
  const { kind, seed, rows, held_out: heldOut } = data.split ?? {};
  const seeded = seed === undefined ? '' : ` with seed ${seed}`;
  switch (kind) {
    case 'DATA_SPLIT_KIND_SHUFFLED':
      return `${whole(rows) ?? 'all'} rows shuffled${seeded}, ${whole(heldOut) ?? 'some'} of them held out`;
    case 'DATA_SPLIT_KIND_SEPARATE':
      return 'a test set of its own';
    case 'DATA_SPLIT_KIND_DRAWN':
      return `both drawn${seeded}`;
    default:
      return null;
  }
}

/** Names that are there, and that there are more. */
function listed(names: readonly string[], all: number | null): string {
  const more = all === null ? 0 : all - names.length;
  return names.map((name) => (name === '' ? '(no name)' : name)).join(', ') + (names.length > 0 && more > 0 ? ` and ${count(more)} more` : '');
}

function image({ image: shape }: DataDescription): string | null {
  return shape === undefined ? null : `${shape.height ?? 0}×${shape.width ?? 0}×${shape.channels ?? 0}`;
}

function task(data: DataDescription): string | null {
  switch (data.task) {
    case 'DATA_TASK_REGRESSION':
      return 'regression';
    case 'DATA_TASK_CLASSIFICATION':
      return `${whole(data.class_count) ?? 'some'} classes`;
    default:
      return null;
  }
}

function classes(data: DataDescription): string {
  const named = (data.classes ?? []).map((each) => {
    const test = integer(each.test) ?? 0;
    return `${each.name === '' ? '(no name)' : (each.name ?? '')}: ${whole(each.train) ?? 0}${test > 0 ? ` + ${count(test)}` : ''}`;
  });
  return listed(named, integer(data.class_count));
}

function features(data: DataDescription): string | null {
  switch (data.feature_scaling) {
    case 'FEATURE_SCALING_NONE':
      return 'as they are';
    case 'FEATURE_SCALING_COLUMNS':
      return 'standardized by column';
    case 'FEATURE_SCALING_CHANNELS':
      return 'standardized by channel';
    default:
      return null;
  }
}

function targets(data: DataDescription): string | null {
  if (data.target_mean === undefined || data.target_deviation === undefined) {
    return data.task === 'DATA_TASK_REGRESSION' ? 'as they are' : null;
  }
  return `standardized (mean ${number(data.target_mean)}, deviation ${number(data.target_deviation)})`;
}
