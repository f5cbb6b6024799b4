import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table } from '../src/chart/exports';
import { beyond, extent, hiddenByLog, yRange, type Figure } from '../src/chart/figure';
import { panned, within, zoomed } from '../src/chart/range';
import { escaped, sheet, svg } from '../src/chart/svg';
import { ticks } from '../src/chart/ticks';
import { LIGHT, style } from '../src/lib/colours';
import { csv } from '../src/lib/csv';
import { interpolate, lowerBound, nearest } from '../src/lib/nearest';
import { smoothed } from '../src/lib/smooth';

const FIGURE: Figure = {
  id: 'loss', title: 'Loss <of> "it"', bands: [{ from: 0, to: 2, colour: '#11223344', label: 'EDGE' }], marks: [{ at: 1, low: 1, high: 1, label: 'edge' }], levels: [{ at: 1, label: '' }],
  curves: [{ key: 'loss', label: 'a & b', colour: '#000000', x: [0, 1, 2, 3], y: [2, NaN, -1, 100] }],
  xLabel: 'step', xKind: 'number', xLog: false, yLog: false, xRange: [0, 2], yRange: null, clipped: false,
};

test('extent_beyondTheRange_doesNotCount', () => assert.deepEqual(extent(FIGURE), [-1, 2]));

test('extent_logarithmic_takesPositiveValuesOnly', () => {
  assert.deepEqual(extent({ ...FIGURE, yLog: true }), [2, 2]);
  assert.equal(hiddenByLog({ ...FIGURE, yLog: true }), 1);
});

test('yRange_levelFarAway_doesNotFlattenTheCurve', () => {
  const [low, high] = yRange({ ...FIGURE, levels: [{ at: 50, label: '' }] });
  assert.ok(low < -1 && high > 2 && high < 3);
});

test('extent_contextFarAway_countsOnlyAsFarAsTheValuesReach', () => {
  const threshold = { key: 't', label: '', colour: '#000000', x: [0, 1], y: [1000, 3], context: true };
  const sharpness = { key: 'l', label: '', colour: '#000000', x: [0, 1], y: [1, 3] };
  assert.deepEqual(extent({ ...FIGURE, levels: [], curves: [sharpness, threshold] }), [1, 5]);
});

test('extent_hugeError_doesNotFlattenTheCurve', () => {
  const curve = { key: 'l', label: '', colour: '#000000', x: [0, 1], y: [1, 3], low: [-100, 2], high: [100, 4] };
  assert.deepEqual(extent({ ...FIGURE, levels: [], curves: [curve] }), [-1, 5]);
});

test('yRange_clipped_leavesTheSpikeOutAndSaysSo', () => {
  const x = Array.from({ length: 300 }, (_, i) => i);
  const curve = { key: 'l', label: '', colour: '#000000', x, y: x.map((i) => (i === 7 ? 1000 : i % 10)) };
  const figure = { ...FIGURE, levels: [], xRange: [0, 300] as const, curves: [curve] };
  assert.ok(yRange(figure)[1] >= 1000);
  assert.ok(yRange({ ...figure, clipped: true })[1] < 10);
  assert.equal(beyond({ ...figure, clipped: true }), 1);
  assert.equal(beyond(figure), 0);
});

test('yRange_nothingToShow_isFinite', () => assert.deepEqual(yRange({ ...FIGURE, curves: [] }), [0, 1]));

test('svg_texts_areEscaped', () => {
  const picture = svg(FIGURE, LIGHT, 400, 200);
  assert.ok(picture.includes('Loss &lt;of&gt; &quot;it&quot;'));
  assert.ok(picture.includes('a &amp; b'));
  assert.equal(escaped('a\u0000b'), 'a\ufffdb');
});

test('svg_gap_breaksTheLine', () => {
  const path = /<path d="(M[^"]*)" fill="none" stroke="#000000"/.exec(svg(FIGURE, LIGHT, 400, 200))?.[1] ?? '';
  assert.equal(path.split('M').length, 3);
});

test('sheet_severalFigures_areBelowEachOther', () => assert.match(sheet([FIGURE, FIGURE], LIGHT, 400, 200), /viewBox="0 0 400 400"/));

test('table_ofAFigure_isWhatIsShown', () => {
  assert.equal(table([FIGURE]), 'chart,curve,step,value,low,high\r\nloss,loss,0,2,,\r\nloss,loss,1,,,\r\nloss,loss,2,-1,,\r\n');
});

test('csv_formulasAndQuotes_areText', () => assert.equal(csv(['n'], [['=1+1'], ['a"b,c'], [-5]]), 'n\r\n\'=1+1\r\n"a""b,c"\r\n-5\r\n'));

test('ticks_linear_areRoundAndTellApart', () => {
  assert.deepEqual(ticks(0, 10, 5, false).map((t) => t.at), [0, 2, 4, 6, 8, 10]);
  assert.deepEqual(ticks(1.0001, 1.0003, 2, false).map((t) => t.text), ['1.0001', '1.0002', '1.0003']);
});

test('ticks_logarithmic_areDecades', () => {
  assert.deepEqual(ticks(0.001, 1000, 7, true).map((t) => t.at), [0.001, 0.01, 0.1, 1, 10, 100, 1000]);
  assert.ok(ticks(1e-33, 1, 5, true).length <= 6);
});

test('ticks_withinADecade_areThere', () => assert.ok(ticks(2, 5, 4, true).length >= 3));

test('range_panAndZoom_keepTheWidthAndThePlace', () => {
  assert.deepEqual(panned([0, 10], 0.5, false), [5, 15]);
  assert.deepEqual(zoomed([0, 10], 0.5, 0.5, false), [2.5, 7.5]);
  assert.deepEqual(panned([1, 100], 0.5, true).map(Math.round), [10, 1000]);
});

test('within_beyondTheEnd_isMovedBack', () => {
  assert.deepEqual(within([8, 12], [0, 10]), [6, 10]);
  assert.equal(within([-5, 20], [0, 10]), null);
});

test('nearest_places_areFound', () => {
  assert.equal(lowerBound([1, 3, 5], 3), 1);
  assert.equal(nearest([1, 3, 5], 3.9), 1);
  assert.equal(nearest([1, 3, 5], 4.1), 2);
  assert.equal(nearest([], 1), -1);
  assert.equal(interpolate([0, 10], [0, 1], 5), 0.5);
  assert.equal(interpolate([0, 10], [0, 1], 50), 1);
});

test('smoothed_straightLine_staysStraight', () => {
  const x = Array.from({ length: 50 }, (_, i) => i);
  smoothed(x, x, 10).forEach((value, i) => assert.ok(Math.abs(value - i) < 1e-9));
});

test('smoothed_alternation_isItsMean', () => {
  const x = Array.from({ length: 101 }, (_, i) => i);
  const means = smoothed(x, x.map((i) => (i % 2 === 0 ? 2 : 0)), 40);
  assert.ok(Math.abs((means[50] ?? 0) - 1) < 0.05);
});

test('smoothed_denserStretch_doesNotCountForMore', () => {
  // One unit of x is sampled a hundred times as densely as the others.
  const x = [0, 1, 2, 3, ...Array.from({ length: 100 }, (_, i) => 4 + i / 100), 5, 6, 7, 8];
  const y = x.map((at) => (at >= 4 && at < 5 ? 1 : 0));
  const at4 = smoothed(x, y, 8)[x.indexOf(4)] ?? NaN;
  assert.ok(at4 > 0.05 && at4 < 0.25, String(at4));
});

test('style_of21Things_tellsAllApart', () => {
  const seen = new Set(Array.from({ length: 21 }, (_, i) => JSON.stringify(style(LIGHT, i))));
  assert.equal(seen.size, 21);
});
