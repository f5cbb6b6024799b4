import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Recorded, type Recording } from '../src/api/recorded';
import type { Fields, Forecasts, Points, Series } from '../src/api/types';
import { LIGHT } from '../src/lib/colours';
import { parsePlace } from '../src/lib/place';
import { filled } from '../src/report/make';
import { Clock } from '../src/run/clock';
import { figure, forecastFigure, score, shownRange, type Material } from '../src/run/figures';
import { charts, fieldsOf, lambda, type ChartSpec } from '../src/run/specs';
import { parseView } from '../src/run/view';

function points(x: number[], y: number[]): Points {
  return { x, y, raw: true, count: x.length };
}

function fields(...names: string[]): Fields {
  return { run_id: 'r', complete: true, read: 1, fields: names.map((name) => ({ name, kind: 'step', label: name, unit: '', count: 1 })) };
}

const CLOCK = { flow_time: points([0, 100], [0, 2]), observed_at: points([0, 100], [1000, 11000]) };

function material(series: Record<string, Points>, forecasts: Forecasts | null = null): Material {
  return { series, changes: [], forecasts, clock: new Clock(CLOCK), lastStep: 100, whole: [0, 100] };
}

const RATIO: ChartSpec = { id: 'ratio', title: 's', about: '', log: false, curves: [{ field: 'a', label: 'a', error: 'e', colour: 0 }] };

test('charts_ofARun_haveOnlyWhatWasMeasured', () => {
  assert.deepEqual(charts(fields('loss', 'layer.conv 1.sharpness')).map((chart) => chart.id), ['loss', 'layers']);
});

test('charts_withoutMidpoints_takeTheIterates', () => {
  const found = charts(fields('iterate_eigenvalue_1', 'iterate_residual_1'));
  assert.deepEqual(fieldsOf(found), ['iterate_eigenvalue_1', 'iterate_residual_1']);
});

test('lambda_ranks_areSubscripts', () => assert.equal(lambda(12), 'λ₁₂'));

test('clock_stepAhead_goesOnAtThePace', () => {
  const clock = new Clock(CLOCK);
  assert.equal(clock.at('flow_time', 50), 1);
  assert.equal(clock.at('flow_time', 200), 4);
  assert.equal(clock.at('time', 200), 21000);
  assert.equal(new Clock({}).at('flow_time', 1), null);
});

test('figure_error_isABandAboutTheValue', () => {
  const made = figure(RATIO, material({ a: points([0, 10], [1, 2]), e: points([0, 10], [0.1, 0.3]) }), parseView(parsePlace('')), LIGHT);
  assert.deepEqual(made.curves[0]?.low, [0.9, 1.7]);
  assert.deepEqual(made.curves[0]?.high, [1.1, 2.3]);
});

test('figure_smoothed_keepsTheRawCurve', () => {
  const made = figure(RATIO, material({ a: points([0, 1, 2, 3, 4], [0, 9, 0, 9, 0]) }), parseView(parsePlace('#/?smooth=0.05')), LIGHT);
  assert.equal(made.curves.length, 2);
  assert.deepEqual(made.curves[0]?.y, [0, 9, 0, 9, 0]);
  assert.equal(made.curves[0]?.silent, true);
});

test('figure_flipped_isLogarithmic', () => assert.ok(figure(RATIO, material({ a: points([0], [1]) }), parseView(parsePlace('#/?flip=ratio')), LIGHT).yLog));

test('shownRange_logarithmic_isAboveZero', () => assert.deepEqual(shownRange(material({}), parseView(parsePlace('#/?log=x'))), [1, 100]));

const FORECASTS: Forecasts = {
  run_id: 'r', complete: true, count: 2,
  fits: [
    { step: '50', flow_time: 1, sharpness: 10, forecasts: [{ horizon: 0.5, flow_time: 1.5, at_step: 75, sharpness: 8.2, low: 7.9, high: 8.5, probability: 0.8, came: 8 }] },
    { step: '100', flow_time: 2, sharpness: 7, forecasts: [{ horizon: 0.5, flow_time: 2.5, at_step: 125, sharpness: 6, low: 5, high: 7 }] },
  ],
};

test('score_forecastsThatCame_areHeldAgainstIt', () => {
  const found = score(FORECASTS, 0.5);
  assert.equal(found?.forecasts, 1);
  assert.ok(Math.abs((found?.median ?? 0) - 0.025) < 1e-9);
  assert.equal(found?.unchanged, 0.25);
  assert.equal(found?.covered, 1);
  assert.equal(score(FORECASTS, 2), null);
});

test('forecastFigure_ofTheNewestFit_reachesAhead', () => {
  const made = forecastFigure('l', material({ l: points([0, 100], [10, 7]) }, FORECASTS), parseView(parsePlace('')), LIGHT);
  assert.deepEqual(made?.curves.map((curve) => curve.key), ['l', 'earlier', 'fan']);
  assert.deepEqual(made?.xRange, [0, 125]);
});

const SERIES: Series = { run_id: 'r', x: 'step', complete: true, read: 1, series: { ...CLOCK, loss: points([0, 50, 100], [3, 2, 1]) } };
const RECORDING: Recording = {
  format: 1, made_at: '2026-01-01T00:00:00Z', version: '1', hash: '#/runs/r',
  runs: { r: { run: { run_id: 'r', status: 'COMPLETED', regime: 'REGIME_ENDED', updated_at: '2026-01-01T00:00:00Z', regime_changes: [] }, fields: fields('loss'), series: SERIES, forecasts: FORECASTS } },
};

test('recorded_otherAxis_isConverted', async () => {
  const answer = await new Recorded(RECORDING).series('r', { fields: ['loss'], x: 'flow_time', points: 100, log: false });
  assert.deepEqual(answer.series['loss']?.x, [0, 1, 2]);
});

test('recorded_range_hasANeighbourOnEachSide', async () => {
  const answer = await new Recorded(RECORDING).series('r', { fields: ['loss'], x: 'step', from: 40, to: 60, points: 100, log: false });
  assert.deepEqual(answer.series['loss']?.x, [0, 50, 100]);
});

test('recorded_otherRun_isAnError', async () => assert.rejects(new Recorded(RECORDING).run('other'), /no run with the id 'other'/));

test('filled_hostileText_cannotEndTheScript', () => {
  const marker = ['__BRINK', 'DATA__'].join('_');
  const hostile = { ...RECORDING, version: '</script><img src=x onerror=alert(1)>$&' };
  const text = filled(`<script type="application/json">${marker}</script>`, hostile);
  assert.equal(text.split('</script>').length, 2);
  assert.deepEqual(JSON.parse(text.slice(text.indexOf('>') + 1, text.lastIndexOf('<'))), hostile);
});

test('filled_templateOfAnotherVersion_isRefused', () => assert.throws(() => filled('<html>', RECORDING), /reload/));
