import { useEffect, useMemo, useState } from 'preact/hooks';
import { displayName, integer } from '../api/reading';
import type { Source } from '../api/source';
import type { Fields, Summary } from '../api/types';
import { viridis } from '../lib/colours';
import { number } from '../lib/format';
import { formatPlace, parsePlace, withQuery, type Place } from '../lib/place';
import { go } from '../ui/hooks';
import { Banner, Empty } from '../ui/parts';
import { everyField } from './model';
import { heat, type Sample } from './heat';

/** Values that the list of runs has already. */
const KNOWN: readonly (readonly [string, string, (run: Summary) => number | null])[] = [
  ['sharpness', 'last sharpness λ₁', (run) => run.sharpness ?? null],
  ['stability_ratio', 'last stability ratio s', (run) => run.stability_ratio ?? null],
  ['first_edge_step', 'step of the edge', (run) => integer(run.first_edge_step)],
  ['last_step', 'last step', (run) => integer(run.last_step)],
  ['flow_time', 'flow time', (run) => run.flow_time ?? null],
];

const MOST = 500;
const AT_ONCE = 4;

/** A group of runs as a map of η and λ. */
export function Sweep({ source, group, place }: { source: Source; group: string; place: Place }) {
  const [runs, setRuns] = useState<readonly Summary[] | null>(null);
  const [fields, setFields] = useState<ReadonlyMap<string, Fields>>(new Map());
  const [failure, setFailure] = useState('');
  const value = place.query.get('value') ?? 'sharpness';
  const known = KNOWN.find(([name]) => name === value);
  useEffect(() => {
    let current = true;
    source.runs({ offset: 0, limit: MOST, q: '', status: '', regime: '', group, archived: 'false', sort: 'started_at', order: 'asc' }).then(
      (page) => current && setRuns(page.items),
      (error: unknown) => current && setFailure(error instanceof Error ? error.message : String(error)),
    );
    return () => {
      current = false;
    };
  }, [source, group]);
  // Other values are asked for run by run, of the first one at once, so that there is a list to choose from.
  const wanted = runs === null ? [] : known === undefined ? runs : runs.slice(0, 1);
  const ids = wanted.map((run) => run.run_id).join(' ');
  useEffect(() => {
    let current = true;
    const queue = wanted.filter((run) => !fields.has(run.run_id));
    const work = async () => {
      for (let run = queue.shift(); run !== undefined && current; run = queue.shift()) {
        const { run_id: id } = run;
        const answer = await source.fields(id).catch(() => null);
        if (answer !== null && current) {
          setFields((before) => new Map(before).set(id, answer));
        }
      }
    };
    for (let i = 0; i < AT_ONCE; i++) {
      void work();
    }
    return () => {
      current = false;
    };
  }, [source, ids]);
  const map = useMemo(() => {
    const [name = '', which = 'last'] = value.split('@');
    const samples = (runs ?? []).flatMap((run): Sample[] => {
      const row = run.started?.learning_rate;
      const column = run.started?.weight_decay;
      if (row === undefined || column === undefined) {
        return [];
      }
      const field = fields.get(run.run_id)?.fields.find((f) => f.name === name);
      const found = known === undefined ? (field?.[which as 'last' | 'min' | 'max'] ?? null) : known[2](run);
      return [{ id: run.run_id, name: displayName(run), row, column, value: found }];
    });
    return heat(samples);
  }, [runs, fields, value]);
  const names = everyField([...fields.values()].map((answer) => ({ fields: answer })));
  const change = (changes: Record<string, string | null>) => go(withQuery(parsePlace(location.hash), changes), true);
  if (runs !== null && map.rows.length === 0) {
    return <Empty title={`No runs of the group ${group} have a learning rate and weight decay`} />;
  }
  return (
    <div class="sweep">
      {failure !== '' && <Banner>{failure}</Banner>}
      <h1>Sweep {group}</h1>
      <div class="toolbar">
        <label>
          value{' '}
          <select value={value} onChange={(e) => change({ value: e.currentTarget.value })}>
            {KNOWN.map(([name, title]) => (
              <option key={name} value={name}>
                {title}
              </option>
            ))}
            {names.flatMap((field) => (['last', 'min', 'max'] as const).map((which) => (
              <option key={`${field.name}@${which}`} value={`${field.name}@${which}`}>
                {{ last: 'last', min: 'least', max: 'largest' }[which]} {field.name}
              </option>
            )))}
          </select>
        </label>
        <span class="resolution">
          {map.least <= map.most && `from ${number(map.least)} (dark) to ${number(map.most)} (bright)`}
        </span>
      </div>
      <div class="scroll" tabIndex={0} role="region" aria-label="Heat map">
        <table class="heat">
          <thead>
            <tr>
              <th>η \ λ</th>
              {map.columns.map((column) => (
                <th key={column} scope="col">
                  {number(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {map.rows.map((row, i) => (
              <tr key={row}>
                <th scope="row">{number(row)}</th>
                {map.cells[i]?.map((cell, j) =>
                  cell === null ? (
                    <td key={j} />
                  ) : (
                    <td key={j} style={cell.value === null ? {} : { background: viridis(cell.share), color: cell.share > 0.55 ? '#111' : '#fff' }}>
                      <a href={cell.runs.length === 1 ? formatPlace(['runs', cell.runs[0]?.id ?? '']) : formatPlace(['compare'], [['runs', cell.runs.map((run) => encodeURIComponent(run.id)).join(',')]])} title={cell.runs.map((run) => run.name).join(', ')}>
                        {number(cell.value)}
                        {cell.runs.length > 1 && <small> ×{cell.runs.length}</small>}
                      </a>
                    </td>
                  ),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
