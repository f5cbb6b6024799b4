import { useEffect, useRef, useState } from 'preact/hooks';
import { Live, type Connection } from '../api/live';
import { SourceError, type RunsQuery, type Source } from '../api/source';
import type { Summary } from '../api/types';

/** How soon a list that changed is asked for again, in milliseconds. */
const REFRESH_MS = 1500;

/** The runs that a query finds, as they go on. */
export function useRuns(source: Source, query: RunsQuery) {
  const [runs, setRuns] = useState<readonly Summary[] | null>(null);
  const [total, setTotal] = useState(0);
  const [failure, setFailure] = useState<SourceError | null>(null);
  const [connection, setConnection] = useState<Connection>('connecting');
  const [tick, setTick] = useState(0);
  const shown = useRef<ReadonlySet<string>>(new Set());
  const again = () => setTick((n) => n + 1);

  const key = JSON.stringify(query);
  useEffect(() => {
    let current = true;
    source.runs(query).then(
      (page) => {
        if (current) {
          shown.current = new Set(page.items.map((run) => run.run_id));
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
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        again();
      }, REFRESH_MS);
    };
    const live = new Live([], {
      run: (summary) => {
        if (shown.current.has(summary.run_id)) {
          setRuns((known) => known?.map((run) => (run.run_id === summary.run_id ? { ...run, ...summary } : run)) ?? null);
        } else {
          soon();
        }
      },
      progress: (id, step) => setRuns((known) => known?.map((run) => (run.run_id === id ? { ...run, last_step: String(step) } : run)) ?? null),
      reset: soon,
      connection: (state) => {
        setConnection(state);
        if (state === 'lost') {
          soon();
        }
      },
    });
    return () => {
      clearTimeout(timer);
      live.close();
    };
  }, [source]);

  return { runs, total, failure, connection, again, setFailure };
}
