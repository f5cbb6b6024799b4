import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Points } from '../src/api/types';
import { middles, planeFigure, trajectory, turns } from '../src/geometry/plane';
import { LIGHT } from '../src/lib/colours';

function points(x: number[], y: number[], raw = true): Points {
  return { x, y, raw, count: x.length };
}

/** Steps 10 to 15 of a zigzag that comes on by 1 a step. */
const ZIGZAG = {
  plane_slow: points([10, 11, 12, 13, 14, 15], [0, 1, 2, 3, 4, 5]),
  plane_oscillation: points([10, 11, 12, 13, 14, 15], [2, -2, 2, -2, 2, -2]),
};

test('trajectory_rawSteps_areAllThere', () => {
  assert.deepEqual(trajectory(ZIGZAG, 11, 13), { steps: [11, 12, 13], slow: [1, 2, 3], oscillation: [-2, 2, -2], raw: true });
});

test('trajectory_decimated_placesExtremesOnTheSlowMotion', () => {
  const series = { plane_slow: points([10, 20], [0, 10], false), plane_oscillation: points([12, 17], [5, -5], false) };
  assert.deepEqual(trajectory(series, 0, 100), { steps: [12, 17], slow: [2, 7], oscillation: [5, -5], raw: false });
});

test('trajectory_missingSteps_areAGap', () => {
  const series = { plane_slow: points([10, 11, 15], [0, 1, 5]), plane_oscillation: points([10, 11, 15], [2, -2, 2]) };
  assert.deepEqual(trajectory(series, 0, 100).oscillation, [2, -2, NaN, 2]);
});

test('trajectory_anotherEigenvector_isAGap', () => {
  const series = { ...ZIGZAG, plane_oscillation_cosine: points([11, 13], [0.99, 0.2]) };
  assert.deepEqual(turns(series), [13]);
  assert.deepEqual(trajectory(series, 10, 15).steps, [10, 11, 12, 13, 13, 14, 15]);
});

test('trajectory_withoutAPlane_isEmpty', () => {
  assert.deepEqual(trajectory({}, 0, 10).steps, []);
  assert.equal(planeFigure({}, 0, 10, LIGHT), null);
});

test('middles_ofAZigzag_doNotOscillate', () => {
  assert.deepEqual(middles(trajectory(ZIGZAG, 10, 13)), { x: [0.5, 1.5, 2.5], y: [0, 0, 0] });
});

test('planeFigure_predictedFlows_areThereWithinTheStretch', () => {
  const series = {
    ...ZIGZAG,
    central_flow_plane_slow: points([10, 14, 40], [0.25, 4.25, 30]),
    central_flow_plane_oscillation: points([10, 14, 40], [0, 0.5, 0]),
    plane_slow_origin: points([11, 40], [0.5, 20]),
  };
  const figure = planeFigure(series, 10, 15, LIGHT);
  const flow = figure?.curves.find((curve) => curve.key === 'central_flow');
  assert.deepEqual([flow?.x, flow?.y], [[0.25, 4.25], [0, 0.5]]);
  assert.deepEqual(figure?.marks.map((mark) => [mark.at, mark.label]), [[0.5, 'frame of step 10']]);
  assert.equal(figure?.curves.find((curve) => curve.key === 'last')?.label, 'step 15');
});

test('planeFigure_atRest_doesNotStretchRounding', () => {
  const series = { plane_slow: points([0, 1, 2], [1, 1 + 1e-9, 1]), plane_oscillation: points([0, 1, 2], [0.05, -0.05, 0.05]) };
  const [from, to] = planeFigure(series, 0, 2, LIGHT)?.xRange ?? [0, 0];
  assert.ok(to - from > 0.01 && from < 1 && to > 1, `${from} to ${to}`);
});
