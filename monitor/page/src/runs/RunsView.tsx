import { useEffect, useRef, useState } from 'preact/hooks';
import { Live, type Connection } from '../api/live';
import { displayName, eta, instant, integer, pace, progress, regime } from '../api/reading';
import { SourceError, type Source } from '../api/source';
import type { Summary } from '../api/types';
import { ago, count, duration, number } from '../lib/format';
import { formatPlace, parsePlace, withQuery, type Place } from '../lib/place';
import { go, useNow, useTitle } from '../ui/hooks';
import { Banner, Empty, RegimeChip, StatusMark } from '../ui/parts';
import { NoteDialog } from './NoteDialog';
import { PAGE, parseQuery, sortedBy } from './query';
import { Sparkline } from './Sparkline';

/** Most runs that can be compared at once. */
export const MOST_COMPARED = 20;

const REFRESH_MS = 1500;

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

/** All runs, live and finished alike. */
export function RunsView(props: { source: Source; place: Place; writable: boolean; selected: ReadonlySet<string>; onSelect: (ids: ReadonlySet<string>) => void }) {
  const { source, place, writable, selected, onSelect } = props;
  const query = parseQuery(place);
  const [runs, setRuns] = useState<readonly Summary[] | null>(null);
  const [total, setTotal] = useState(0);
  const [failure, setFailure] = useState<SourceError | null>(null);
  const [connection, setConnection] = useState<Connection>('connecting');
  const [editing, setEditing] = useState<Summary | null>(null);
  const [tick, setTick] = useState(0);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const search = useRef<HTMLInputElement>(null);
  const now = useNow(5000);
  useTitle('Runs');

  const key = JSON.stringify(query);
  useEffect(() => {
    let current = true;
    source.runs(query).then(
      (page) => {
        if (current) {
          setRuns(page.items);
          setTotal(page.total);
          setFailure(null);
        }
      },
      (error: unknown) => current && setFailure(error instanceof SourceError ? error : new SourceError(String(error), 0)),
    );
    return () => {
      current = false;
    };
  }, [source, key, tick]);

  useEffect(() => {
    if (!source.live) {
      return undefined;
    }
    const again = () => {
      timer.current ??= setTimeout(() => {
        timer.current = undefined;
        setTick((n) => n + 1);
      }, REFRESH_MS);
    };
    const live = new Live([], {
      run: (summary) => {
        setRuns((known) => {
          if (known === null || !known.some((run) => run.run_id === summary.run_id)) {
            again();
            return known;
          }
          return known.map((run) => (run.run_id === summary.run_id ? { ...run, ...summary } : run));
        });
      },
      progress: (id, step) => setRuns((known) => known?.map((run) => (run.run_id === id ? { ...run, last_step: String(step) } : run)) ?? null),
      reset: again,
      connection: (state) => {
        setConnection(state);
        if (state === 'lost') {
          again();
        }
      },
    });
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      live.close();
    };
  }, [source]);

  useEffect(() => {
    const keyed = (e: KeyboardEvent) => {
      if (e.key === '/' && !(e.target instanceof HTMLInputElement || e.target instanceof HTMLTextAreaElement)) {
        e.preventDefault();
        search.current?.focus();
      }
    };
    addEventListener('keydown', keyed);
    return () => removeEventListener('keydown', keyed);
  }, []);

  const change = (changes: Record<string, string | null>) => go(withQuery(parsePlace(location.hash), changes), true);
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) {
      next.add(id);
    }
    onSelect(next);
  };
  const archive = async (run: Summary) => {
    try {
      await source.note(run.run_id, { ...run.note, archived: run.note?.archived !== true });
      setTick((n) => n + 1);
    } catch (error) {
      setFailure(error instanceof SourceError ? error : new SourceError(String(error), 0));
    }
  };
  const filtered = query.q !== '' || query.status !== '' || query.regime !== '' || query.group !== null;
  return (
    <div class="runs">
      {source.live && connection === 'lost' && (
        <Banner>
          The monitor does not answer; trying again. If it was stopped, start it again with <code>./brink monitor</code> or <code>./brink demo</code>.
        </Banner>
      )}
      {failure !== null && failure.status !== 0 && <Banner>{failure.message}</Banner>}
      <div class="toolbar" role="search">
        <input
          ref={search}
          type="search"
          class="search"
          value={query.q}
          placeholder="Find by name, tag, problem … or /regular expression/"
          aria-label="Find runs"
          onInput={(e) => change({ q: e.currentTarget.value, offset: null })}
        />
        <label>
          status{' '}
          <select value={query.status} onChange={(e) => change({ status: e.currentTarget.value, offset: null })}>
            <option value="">any</option>
            {['RUNNING', 'SILENT', 'COMPLETED', 'STOPPED', 'DIVERGED', 'FAILED'].map((status) => (
              <option key={status} value={status}>
                {status.toLowerCase()}
              </option>
            ))}
          </select>
        </label>
        <label>
          regime{' '}
          <select value={query.regime} onChange={(e) => change({ regime: e.currentTarget.value, offset: null })}>
            <option value="">any</option>
            {['STARTING', 'STABLE', 'EDGE', 'FLOWING', 'SETTLED', 'CATAPULT', 'DIVERGED', 'STALLED', 'ENDED'].map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <button type="button" aria-pressed={query.grouped} onClick={() => change({ by: query.grouped ? null : 'group', sort: null, order: null, offset: null })}>
          by group
        </button>
        <label class="check">
          <input type="checkbox" checked={query.archived === 'any'} onChange={(e) => change({ archived: e.currentTarget.checked ? 'any' : null, offset: null })} /> archived, too
        </label>
        {query.group !== null && (
          <button type="button" onClick={() => change({ group: null, offset: null })}>
            group {query.group === '' ? 'none' : query.group} ×
          </button>
        )}
        <span class="space" />
        <span class="resolution">
          {count(total)} {total === 1 ? 'run' : 'runs'}
        </span>
        {selected.size > 0 && (
          <>
            <a class="button primary" href={formatPlace(['compare'], [['runs', [...selected].slice(0, MOST_COMPARED).map(encodeURIComponent).join(',')]])}>
              Compare {selected.size > MOST_COMPARED ? `the first ${MOST_COMPARED} of ${selected.size}` : selected.size}
            </a>
            <button type="button" onClick={() => onSelect(new Set())}>
              none
            </button>
          </>
        )}
      </div>
      {runs !== null && runs.length === 0 && <NoRuns filtered={filtered} onAll={() => go('#/', true)} />}
      {runs !== null && runs.length > 0 && (
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
                      <button type="button" class="plain" onClick={() => change(sortedBy(query, column))}>
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
                return [
                  ...(heads
                    ? [
                        <tr key={`group ${group}`} class="group">
                          <th colSpan={COLUMNS.length + 1} scope="rowgroup">
                            {group === '' ? 'no group' : group}
                            {group !== '' && <a href={formatPlace(['compare'], [['sweep', group]])}>sweep</a>}
                          </th>
                        </tr>,
                      ]
                    : []),
                  <Row key={run.run_id} run={run} now={now} selected={selected.has(run.run_id)} onToggle={() => toggle(run.run_id)} onEdit={writable ? () => setEditing(run) : undefined} onArchive={writable ? () => void archive(run) : undefined} />,
                ];
              })}
            </tbody>
          </table>
        </div>
      )}
      {total > PAGE && (
        <nav class="pager" aria-label="Pages">
          <button type="button" disabled={query.offset === 0} onClick={() => change({ offset: String(Math.max(0, query.offset - PAGE)) })}>
            ← before
          </button>
          <span>
            {count(query.offset + 1)} to {count(Math.min(query.offset + PAGE, total))} of {count(total)}
          </span>
          <button type="button" disabled={query.offset + PAGE >= total} onClick={() => change({ offset: String(query.offset + PAGE) })}>
            after →
          </button>
        </nav>
      )}
      {editing !== null && <NoteDialog source={source} run={editing} onClose={() => setEditing(null)} onSaved={() => setTick((n) => n + 1)} />}
    </div>
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

function NoRuns({ filtered, onAll }: { filtered: boolean; onAll: () => void }) {
  if (filtered) {
    return (
      <Empty title="No run is like that">
        <button type="button" onClick={onAll}>
          Show all runs
        </button>
      </Empty>
    );
  }
  return (
    <Empty title="No runs yet">
      <p>Start one, and it appears here by itself:</p>
      <pre>
        <code>./brink train --problem bn-linear</code>
      </pre>
      <p>
        Everything in one process, a Kafka broker included, is <code>./brink demo</code>. Programs of your own publish to <code>brink.runs</code> and <code>brink.steps</code>.
      </p>
    </Empty>
  );
}
