import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataDescription } from '../src/api/types';
import { dataFacts } from '../src/run/data';

/** The facts that have something to say, by name. */
function facts(data: DataDescription): Record<string, string> {
  return Object.fromEntries(dataFacts(data).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

test('dataFacts_ofATable_haveAllOfIt', () => {
  const table: DataDescription = {
    files: ['<b>wine</b>.csv'],
    train_rows: '1440',
    test_rows: '360',
    split: { kind: 'DATA_SPLIT_KIND_SHUFFLED', seed: '7', rows: '1800', held_out: '360' },
    features: '13',
    columns: ['alcohol', ''],
    task: 'DATA_TASK_CLASSIFICATION',
    target: 'column 14, cultivar',
    class_count: '3',
    classes: [{ name: 'a', train: '480', test: '120' }, { name: 'b', train: '960', test: '0' }],
    feature_scaling: 'FEATURE_SCALING_COLUMNS',
  };
  assert.deepEqual(facts(table), {
    file: '<b>wine</b>.csv',
    'rows to train on': '1440',
    'rows to test on': '360',
    split: '1800 rows shuffled with seed 7, 360 of them held out',
    features: '13',
    columns: 'alcohol, (no name) and 11 more',
    task: '3 classes',
    target: 'column 14, cultivar',
    classes: 'a: 480 + 120, b: 960 and 1 more',
    'features are': 'standardized by column',
  });
});

test('dataFacts_ofImages_haveTheirAxes', () => {
  const image = { height: 28, width: 28, channels: 3, layout: 'n×channels×height×width', divisor: 255 };
  const found = facts({ files: ['a', 'b'], image, feature_scaling: 'FEATURE_SCALING_CHANNELS', split: { kind: 'DATA_SPLIT_KIND_SEPARATE' }, test_rows: '0' });
  assert.deepEqual(found, {
    files: 'a, b',
    'rows to test on': 'none',
    split: 'a test set of its own',
    image: '28×28×3',
    'axes in the file': 'n×channels×height×width',
    'divided by': '255',
    'features are': 'standardized by channel',
  });
});

test('dataFacts_ofDrawnNumbers_sayHowTargetsAreScaled', () => {
  const drawn: DataDescription = { split: { kind: 'DATA_SPLIT_KIND_DRAWN', seed: '1' }, task: 'DATA_TASK_REGRESSION', target_mean: 0.5, target_deviation: 2, feature_scaling: 'FEATURE_SCALING_NONE' };
  assert.deepEqual(facts(drawn), { split: 'both drawn with seed 1', task: 'regression', 'features are': 'as they are', 'targets are': 'standardized (mean 0.5, deviation 2)' });
  assert.equal(facts({ task: 'DATA_TASK_REGRESSION' })['targets are'], 'as they are');
});

test('dataFacts_ofANewerProducer_sayWhatIsKnown', () => {
  assert.deepEqual(facts({ task: 'DATA_TASK_RANKING', feature_scaling: 'FEATURE_SCALING_WHITE', split: { kind: 'DATA_SPLIT_KIND_TIME' }, train_rows: '5' }), { 'rows to train on': '5' });
});
