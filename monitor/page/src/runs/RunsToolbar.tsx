import { useEffect, useRef } from 'preact/hooks';
import { count } from '../lib/format';
import { formatPlace } from '../lib/place';
import type { parseQuery } from './query';

/** Most runs that can be compared at once. */
const MOST_COMPARED = 20;

/** Which runs the list shows, and those that are ticked. */
export function RunsToolbar(props: {
  query: ReturnType<typeof parseQuery>;
  total: number;
  selected: ReadonlySet<string>;
  onChange: (changes: Record<string, string | null>) => void;
  onNone: () => void;
}) {
  const { query, total, selected, onChange } = props;
  const search = useRef<HTMLInputElement>(null);
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
  return (
    <div class="toolbar" role="search">
      <input
        ref={search}
        type="search"
        class="search"
        value={query.q}
        placeholder="Find by name, tag, problem … or /regular expression/"
        aria-label="Find runs"
        onInput={(e) => onChange({ q: e.currentTarget.value, offset: null })}
      />
      <label>
        status{' '}
        <select value={query.status} onChange={(e) => onChange({ status: e.currentTarget.value, offset: null })}>
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
        <select value={query.regime} onChange={(e) => onChange({ regime: e.currentTarget.value, offset: null })}>
          <option value="">any</option>
          {['STARTING', 'STABLE', 'EDGE', 'FLOWING', 'SETTLED', 'CATAPULT', 'CHAOTIC', 'DIVERGED', 'STALLED', 'ENDED'].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <button type="button" aria-pressed={query.grouped} onClick={() => onChange({ by: query.grouped ? null : 'group', sort: null, order: null, offset: null })}>
        by group
      </button>
      <label class="check">
        <input type="checkbox" checked={query.archived === 'any'} onChange={(e) => onChange({ archived: e.currentTarget.checked ? 'any' : null, offset: null })} /> archived, too
      </label>
      {query.group !== null && (
        <button type="button" onClick={() => onChange({ group: null, offset: null })}>
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
          <button type="button" onClick={props.onNone}>
            none
          </button>
        </>
      )}
    </div>
  );
}
