import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recorded, type RecordedRun } from '../src/api/recorded';
import type { Points } from '../src/api/types';
import { asOf, Playback } from '../src/replay/playback';

function points(x: number[], y: number[]): Points {
  return { x, y, raw: true, count: x.length };
}

const RUN: RecordedRun = {
  run: {
    run_id: 'r',
    status: 'COMPLETED',
    regime: 'REGIME_ENDED',
    last_step: '100',
    updated_at: '2026-12-01T01:00:00Z',
    first_edge_step: '30',
    flow: { step: '100' },
    ended: { status: 'RUN_STATUS_COMPLETED' },
    regime_changes: [
      { run_id: 'r', from: 'REGIME_STARTING', to: 'REGIME_STABLE', detected_at_step: '9', onset_step: '0' },
      { run_id: 'r', from: 'REGIME_STABLE', to: 'REGIME_EDGE', detected_at_step: '40', onset_step: '30' },
    ],
  },
  fields: { run_id: 'r', complete: true, read: 1, last_step: '100', fields: [] },
  series: {
    run_id: 'r',
    x: 'step',
    complete: true,
    read: 1,
    last_step: '100',
    series: {
      loss: points([0, 35, 100], [3, 2, 1]),
      stability_ratio_pair_mean: points([1, 35], [0.5, 0.9]),
      flow_time: points([0, 100], [0, 2]),
      observed_at: points([0, 35, 100], [0, 1000, 2000]),
    },
  },
  forecasts: {
    run_id: 'r',
    complete: true,
    count: 2,
    fits: [
      { step: '30', forecasts: [{ horizon: 0.5, sharpness: 4, at_step: 35, came: 4.1 }, { horizon: 1, sharpness: 3, at_step: 60, came: 3.3 }] },
      { step: '50', forecasts: [] },
    ],
  },
};

test('asOf_aStepBetween_knowsNothingOfWhatCameLater', () => {
  const then = asOf(RUN, 36);
  assert.equal(then.run.status, 'RUNNING');
  assert.equal(then.run.regime, 'REGIME_STABLE');
  assert.equal(then.run.regime_changes.length, 1);
  assert.equal(then.run.first_edge_step, undefined);
  assert.equal(then.run.ended, undefined);
  assert.equal(then.run.flow, undefined);
  assert.equal(then.run.stability_ratio, 0.9);
  assert.equal(then.run.updated_at, '1970-01-01T00:00:01.000Z');
  assert.deepEqual(then.series.series['loss']?.x, [0, 35]);
  assert.equal(then.series.last_step, '36');
});

test('asOf_forecasts_keepOnlyWhatCame', () => {
  const [fit, ...later] = asOf(RUN, 36).forecasts.fits;
  assert.deepEqual(later, []);
  assert.deepEqual(fit?.forecasts.map((forecast) => forecast.came), [4.1, undefined]);
});

test('asOf_theLastStep_isTheRun', () => {
  const then = asOf(RUN, 100);
  assert.equal(then.run.status, 'COMPLETED');
  assert.equal(then.run.first_edge_step, '30');
  assert.notEqual(then.run.ended, undefined);
  assert.deepEqual(then.series.series['loss'], RUN.series.series['loss']);
  assert.equal(then.forecasts.fits.length, 2);
});

test('playback_setBack_goesBack', async () => {
  const recording = { format: 1, made_at: '', version: '1', hash: '', runs: { r: RUN } };
  const playback = new Playback(new Recorded(recording), recording, 'r');
  playback.step = 100;
  assert.equal((await playback.run('r')).regime, 'REGIME_ENDED');
  playback.step = 20;
  assert.equal((await playback.run('r')).regime, 'REGIME_STABLE');
  assert.deepEqual((await playback.series('r', { fields: ['loss'], x: 'step', points: 10, log: false })).series['loss']?.y, [3]);
  assert.equal((await playback.series('r', { fields: ['loss'], x: 'step', points: 10, log: false })).last_step, '20');
});
