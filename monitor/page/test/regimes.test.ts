import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, eta, integer, pace, progress, regime } from '../src/api/reading';
import type { RawChange, Summary } from '../src/api/types';
import { firstOnset, stays } from '../src/lib/regimes';

function raw(from: string, to: string, detected: number, onset?: number): RawChange {
  return { run_id: 'r', from: `REGIME_${from}`, to: `REGIME_${to}`, detected_at_step: String(detected), ...(onset === undefined ? {} : { onset_step: String(onset) }) };
}

test('stays_changes_countFromTheirOnset', () => {
  const found = stays([raw('STARTING', 'STABLE', 9, 0), raw('STABLE', 'EDGE', 3672, 3666), raw('EDGE', 'FLOWING', 4527)].map(change));
  assert.deepEqual(found.map(({ regime: r, from, to }) => [r, from, to]), [['STABLE', 0, 3666], ['EDGE', 3666, 4527], ['FLOWING', 4527, null]]);
});

test('stays_onsetBeforeTheStayThatItEnds_keepsTheOrder', () => {
  const found = stays([raw('STARTING', 'STABLE', 100, 50), raw('STABLE', 'CATAPULT', 120, 10)].map(change));
  assert.deepEqual(found.map(({ regime: r, from, to }) => [r, from, to]), [['STARTING', 0, 50], ['CATAPULT', 50, null]]);
});

test('stays_noChanges_areStarting', () => assert.deepEqual(stays([]), [{ regime: 'STARTING', from: 0, to: null, change: null }]));

test('regime_ofANewerMonitor_isUnspecified', () => assert.equal(regime('REGIME_SOMETHING_NEW'), 'UNSPECIFIED'));

test('firstOnset_withoutEdge_isNull', () => {
  assert.equal(firstOnset([change(raw('STARTING', 'STABLE', 9))]), null);
  assert.equal(firstOnset([change(raw('STABLE', 'EDGE', 30, 25)), change(raw('STABLE', 'EDGE', 90, 80))]), 25);
});

test('integer_absent_isNullAndZeroIsZero', () => {
  assert.equal(integer(undefined), null);
  assert.equal(integer('0'), 0);
});

const RUN: Summary = { run_id: 'r', status: 'RUNNING', regime: 'REGIME_STABLE', last_step: '499', planned_steps: '1000', updated_at: '2026-01-01T00:00:10Z', started: { started_at: '2026-01-01T00:00:00Z' } };

test('progress_lastStepCountsFromZero_isHalf', () => assert.equal(progress(RUN), 0.5));

test('progress_openEnded_isNull', () => {
  const { planned_steps: _, ...open } = RUN;
  assert.equal(progress(open), null);
});

test('pace_recentSteps_countMoreThanTheWholeRun', () => {
  assert.equal(pace(RUN, []), 49.9);
  assert.equal(pace(RUN, [{ step: 0, at: 0 }, { step: 500, at: 5000 }]), 100);
});

test('eta_finishedRun_isNull', () => {
  assert.equal(eta({ ...RUN, status: 'COMPLETED' }, 10), null);
  assert.equal(eta(RUN, 50), 10);
});
