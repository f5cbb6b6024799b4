import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ago, count, duration, estimate, number } from '../src/lib/format';

test('number_absent_isADash', () => {
  assert.equal(number(null), '–');
  assert.equal(number(undefined), '–');
  assert.equal(number(NaN), '–');
});

test('number_zero_isZero', () => assert.equal(number(0), '0'));

test('number_sizes_arePlainOrPowers', () => {
  assert.equal(number(4e-4), '4·10⁻⁴');
  assert.equal(number(1e-10), '10⁻¹⁰');
  assert.equal(number(-0.98765), '−0.9877');
  assert.equal(number(12345.678), '12,346');
  assert.equal(number(2.5e9), '2.5·10⁹');
  assert.equal(number(1.5), '1.5');
  assert.equal(number(123456.7, 3), '123,457');
});

test('number_infinite_isSaid', () => assert.equal(number(-Infinity), '−∞'));

test('count_thousands_areParted', () => {
  assert.equal(count(1234567), '1,234,567');
  assert.equal(count(9999), '9999');
  assert.equal(count(null), '–');
});

test('estimate_withError_hasBoth', () => {
  assert.equal(estimate(1.0123, 0.0042), '1.012 ± 0.0042');
  assert.equal(estimate(1.0123), '1.012');
  assert.equal(estimate(undefined, 1), '–');
});

test('duration_spans_haveTwoUnits', () => {
  assert.equal(duration(59), '59 s');
  assert.equal(duration(133), '2 min 13 s');
  assert.equal(duration(7265), '2 h 1 min');
  assert.equal(duration(90061), '1 d 1 h');
  assert.equal(duration(Infinity), '–');
});

test('ago_aClockThatIsBehind_isNow', () => assert.equal(ago(2000, 1000), 'now'));
