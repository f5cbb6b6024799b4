import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heat } from '../src/compare/heat';
import { formatRuns, parseAlignment, parseRuns, settings } from '../src/compare/selection';
import { formatPlace, parsePlace } from '../src/lib/place';
import { noteOf } from '../src/runs/NoteDialog';
import { parseQuery, sortedBy } from '../src/runs/query';

test('parseRuns_roundTrip_keepsPlacesAndCommas', () => {
  const runs = ['a,b', null, 'c d/é'];
  assert.deepEqual(parseRuns(parsePlace(formatPlace(['compare'], [['runs', formatRuns(runs)]]))), runs);
});

test('parseRuns_takenOut_keepsTheColoursOfOthers', () => assert.equal(formatRuns(['a', null, 'c', null]), 'a,,c'));

test('parseRuns_twiceTheSame_isOnce', () => assert.deepEqual(parseRuns(parsePlace('#/compare?runs=a,a,b')), ['a', null, 'b']));

test('parseRuns_moreThan20_areCut', () => {
  const runs = Array.from({ length: 30 }, (_, i) => `r${i}`);
  assert.equal(parseRuns(parsePlace(formatPlace(['compare'], [['runs', formatRuns(runs)]]))).length, 20);
});

test('parseAlignment_unknown_isStep', () => assert.equal(parseAlignment(parsePlace('#/compare?align=moon')), 'step'));

test('settings_thoseThatDiffer_comeFirst', () => {
  const found = settings([[['problem', 'p'], ['η', '0.1']], [['problem', 'p'], ['η', '0.2']]]);
  assert.deepEqual(found.map((s) => [s.name, s.differs]), [['η', true], ['problem', false]]);
});

test('settings_absentInOne_differ', () => assert.deepEqual(settings([[['tag', 'x']], []])[0]?.differs, true));

test('heat_seedsOfOneCell_areAveraged', () => {
  const sample = (id: string, row: number, column: number, value: number | null) => ({ id, name: id, row, column, value });
  const map = heat([sample('a', 0.2, 1, 2), sample('b', 0.2, 1, 4), sample('c', 0.1, 1, 1), sample('d', 0.1, 2, null)]);
  assert.deepEqual(map.rows, [0.1, 0.2]);
  assert.equal(map.cells[1]?.[0]?.value, 3);
  assert.equal(map.cells[1]?.[0]?.share, 1);
  assert.equal(map.cells[1]?.[1], null);
  assert.equal(map.cells[0]?.[1]?.value, null);
});

test('noteOf_emptyParts_areLeftOut', () => {
  assert.deepEqual(noteOf(' ', 'a, b,,a', '', false), { tags: ['a', 'b'] });
  assert.deepEqual(noteOf('', '', '', true), { archived: true });
});

test('parseQuery_nonsense_isTheDefault', () => {
  const query = parseQuery(parsePlace('#/?sort=moon&offset=-5&archived=x'));
  assert.deepEqual([query.sort, query.offset, query.archived, query.order], ['started_at', 0, 'false', 'desc']);
});

test('sortedBy_sameColumn_turnsRound', () => {
  const query = parseQuery(parsePlace('#/?sort=sharpness&order=desc'));
  assert.equal(sortedBy(query, 'sharpness')['order'], 'asc');
  assert.equal(sortedBy(query, 'name')['order'], 'asc');
  assert.equal(sortedBy(query, 'last_step')['order'], 'desc');
});
