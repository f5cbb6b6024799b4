import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatPlace, parsePlace, withQuery } from '../src/lib/place';
import { formatRange, formatRanges, parseView, toggled } from '../src/run/view';

test('parsePlace_runWithSlash_isOneSegment', () => {
  const id = 'a/b?c#d %';
  assert.deepEqual(parsePlace(formatPlace(['runs', id])).path, ['runs', id]);
});

test('parsePlace_brokenEncoding_staysAsItIs', () => assert.deepEqual(parsePlace('#/runs/%E0').path, ['runs', '%E0']));

test('withQuery_null_takesAway', () => {
  const place = parsePlace('#/runs/a?x=time&smooth=0.1');
  assert.equal(withQuery(place, { x: null, flip: 'loss' }), '#/runs/a?smooth=0.1&flip=loss');
});

test('parseView_roundTrip_isTheSame', () => {
  const y = new Map([['loss', [0.001, 2] as const], ['ratio', [0.9, 1.1] as const]]);
  const hash = formatPlace(['runs', 'a'], [['x', 'flow_time'], ['range', formatRange([1.5, 2.25]) ?? ''], ['y', formatRanges(y)], ['smooth', '0.02'], ['log', 'x']]);
  const view = parseView(parsePlace(hash));
  assert.equal(view.axis, 'flow_time');
  assert.deepEqual(view.range, [1.5, 2.25]);
  assert.deepEqual([...view.y], [['loss', [0.001, 2]], ['ratio', [0.9, 1.1]]]);
  assert.equal(view.smooth, 0.02);
  assert.ok(view.xLog);
});

test('parseView_nonsense_isPassedOver', () => {
  const view = parseView(parsePlace('#/runs/a?x=nonsense&range=5:1&smooth=abc&y=loss:2:1,:1:2&change=x&ahead='));
  assert.equal(view.axis, 'step');
  assert.equal(view.range, null);
  assert.equal(view.smooth, 0);
  assert.equal(view.y.size, 0);
  assert.equal(view.change, null);
});

test('toggled_twice_isTheSame', () => assert.deepEqual(toggled(toggled(new Set(['a']), 'b'), 'b'), new Set(['a'])));
