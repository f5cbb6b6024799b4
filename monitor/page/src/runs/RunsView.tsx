import { useState } from 'preact/hooks';
import { SourceError, type Source } from '../api/source';
import type { Summary } from '../api/types';
import { count } from '../lib/format';
import { parsePlace, withQuery, type Place } from '../lib/place';
import { go, useTitle } from '../ui/hooks';
import { Banner, Empty } from '../ui/parts';
import { NoteDialog } from './NoteDialog';
import { PAGE, parseQuery, sortedBy } from './query';
import { RunsTable } from './RunsTable';
import { RunsToolbar } from './RunsToolbar';
import { useRuns } from './useRuns';

/** All runs, live and finished alike. */
export function RunsView(props: { source: Source; place: Place; writable: boolean; selected: ReadonlySet<string>; onSelect: (ids: ReadonlySet<string>) => void }) {
  const { source, place, writable, selected, onSelect } = props;
  const query = parseQuery(place);
  const { runs, total, failure, connection, again, setFailure } = useRuns(source, query);
  const [editing, setEditing] = useState<Summary | null>(null);
  useTitle('Runs');

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
      again();
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
      <RunsToolbar query={query} total={total} selected={selected} onChange={change} onNone={() => onSelect(new Set())} />
      {runs !== null && runs.length === 0 && <NoRuns filtered={filtered} onAll={() => go('#/', true)} />}
      {runs !== null && runs.length > 0 && (
        <RunsTable
          runs={runs}
          query={query}
          selected={selected}
          onSort={(column) => change(sortedBy(query, column))}
          onToggle={toggle}
          onEdit={writable ? setEditing : undefined}
          onArchive={writable ? (run) => void archive(run) : undefined}
        />
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
      {editing !== null && <NoteDialog source={source} run={editing} onClose={() => setEditing(null)} onSaved={again} />}
    </div>
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
