import { displayName, eta, instant, integer, pace, progress, regime } from '../api/reading';
import type { Summary } from '../api/types';
import { ago, count, duration, number } from '../lib/format';
import { formatPlace } from '../lib/place';
import { useNow } from '../ui/hooks';
import { RegimeChip, StatusMark } from '../ui/parts';
import type { parseQuery } from './query';
import { Sparkline } from './Sparkline';

/** Name to sort by, title, hint. */
const COLUMNS: readonly (readonly [string, string, string?])[] = [
  ['name', 'run'],
  ['status', 'status'],
  ['furthest_regime', 'regime'],
  ['group', 'group'],
  ['', 'tags'],
  ['problem', 'problem'],
  ['learning_rate', 'η', 'learning rate'],
  ['weight_decay', 'λ', 'weight decay'],
  ['last_step', 'step', 'last step, and how far the run is'],
  ['first_edge_step', 'edge', 'step at which the edge was reached first'],
  ['sharpness', 'λ₁', 'sharpness'],
  ['stability_ratio', 's', 'stability ratio, mean of the last two steps'],
  ['', 's over the run'],
  ['updated_at', 'seen'],
  ['', ''],
];

/** What a phone has no room for. */
const WIDE: ReadonlySet<string> = new Set(['group', 'tags', 'problem', 'edge', 'λ₁', 'seen', '']);

/** The runs of one page, a line each. */
export function RunsTable(props: {
  runs: readonly Summary[];
  query: ReturnType<typeof parseQuery>;
  selected: ReadonlySet<string>;
  onSort: (column: string) => void;
  onToggle: (id: string) => void;
  onEdit: ((run: Summary) => void) | undefined;
  onArchive: ((run: Summary) => void) | undefined;
}) {
  const { runs, query, onEdit, onArchive } = props;
  const now = useNow(5000);
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="Runs">
      <table class="list">
        <thead>
          <tr>
            <th>
              <span class="visually-hidden">compare</span>
            </th>
            {COLUMNS.map(([column, title, hint], i) => (
              <th key={i} class={WIDE.has(title) ? 'wide' : undefined} title={hint} aria-sort={column !== '' && query.sort === column ? (query.order === 'asc' ? 'ascending' : 'descending') : undefined}>
                {column === '' ? (
                  title || <span class="visually-hidden">actions</span>
                ) : (
                  <button type="button" class="plain" onClick={() => props.onSort(column)}>
                    {title}
                    {query.sort === column && (query.order === 'asc' ? ' ▴' : ' ▾')}
                  </button>
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.flatMap((run, i) => {
            const group = run.started?.group ?? '';
            const heads = query.grouped && (i === 0 || group !== (runs[i - 1]?.started?.group ?? ''));
            const row = (
              <Row
                key={run.run_id}
                run={run}
                now={now}
                selected={props.selected.has(run.run_id)}
                onToggle={() => props.onToggle(run.run_id)}
                onEdit={onEdit && (() => onEdit(run))}
                onArchive={onArchive && (() => onArchive(run))}
              />
            );
            return heads ? [<GroupHead key={`group ${group}`} group={group} />, row] : [row];
          })}
        </tbody>
      </table>
    </div>
  );
}

function GroupHead({ group }: { group: string }) {
  return (
    <tr class="group">
      <th colSpan={COLUMNS.length + 1} scope="rowgroup">
        {group === '' ? 'no group' : group}
        {group !== '' && <a href={formatPlace(['compare'], [['sweep', group]])}>sweep</a>}
      </th>
    </tr>
  );
}

function Row(props: { run: Summary; now: number; selected: boolean; onToggle: () => void; onEdit: (() => void) | undefined; onArchive: (() => void) | undefined }) {
  const { run } = props;
  const name = displayName(run);
  const share = progress(run);
  const left = eta(run, pace(run, []));
  const at = instant(run.updated_at);
  const tags = [...(run.note?.tags ?? []), ...Object.entries(run.started?.tags ?? {}).map(([key, value]) => `${key}=${value}`)];
  const shown = run.status === 'RUNNING' ? regime(run.regime) : regime(run.furthest_regime ?? run.regime);
  return (
    <tr class={run.note?.archived === true ? 'archived' : ''}>
      <td>
        <input type="checkbox" aria-label={`Compare ${name}`} checked={props.selected} onChange={props.onToggle} />
      </td>
      <th scope="row">
        <a href={formatPlace(['runs', run.run_id])} title={run.note?.note || run.run_id}>
          {name}
        </a>
      </th>
      <td>
        <StatusMark status={run.status} />
      </td>
      <td>
        <RegimeChip regime={shown} />
      </td>
      <td class="wide">{run.started?.group}</td>
      <td class="tags wide">
        {tags.map((tag) => (
          <span class="tag" key={tag}>
            {tag}
          </span>
        ))}
      </td>
      <td class="wide">{run.started?.problem}</td>
      <td class="number">{number(run.started?.learning_rate)}</td>
      <td class="number">{number(run.started?.weight_decay)}</td>
      <td class="number">
        {count(integer(run.last_step))}
        {share !== null && run.status === 'RUNNING' && (
          <>
            {' '}
            <progress value={share} max={1} aria-label="Progress" title={left === null ? undefined : `${duration(left)} left`} />
            {left !== null && <small> {duration(left)}</small>}
          </>
        )}
      </td>
      <td class="number wide">{count(integer(run.first_edge_step))}</td>
      <td class="number wide">{number(run.sharpness)}</td>
      <td class="number">{number(run.stability_ratio)}</td>
      <td>{run.sparkline && <Sparkline values={run.sparkline.stability_ratio} />}</td>
      <td class="number wide">{at === null ? '' : ago(at, props.now)}</td>
      <td class="actions wide">
        {props.onEdit && (
          <button type="button" class="plain" aria-label={`Edit ${name}`} onClick={props.onEdit}>
            edit
          </button>
        )}
        {props.onArchive && (
          <button type="button" class="plain" aria-label={`${run.note?.archived === true ? 'Take back' : 'Archive'} ${name}`} onClick={props.onArchive}>
            {run.note?.archived === true ? 'take back' : 'archive'}
          </button>
        )}
      </td>
    </tr>
  );
}
