import { useEffect, useState } from 'preact/hooks';
import { instant, integer, words } from '../api/reading';
import { SourceError, type Source } from '../api/source';
import type { Rejected } from '../api/types';
import { count, moment } from '../lib/format';
import { formatPlace, parsePlace, withQuery, type Place } from '../lib/place';
import { go, useTitle } from '../ui/hooks';
import { Banner, Empty } from '../ui/parts';

const PAGE = 100;

/** The reasons of the wire format: what happened, in words. */
const REASONS: readonly (readonly [string, string])[] = [
  ['CORRUPT', 'the bytes are no message of the topic’s type'],
  ['UNKNOWN_RUN', 'no start was seen for the run: publish RunStarted before its first step'],
  ['INVALID', 'a field is missing, or its value is impossible'],
  ['NOT_FINITE', 'a measured value is NaN or infinite: leave out what was not measured'],
  ['DUPLICATE', 'the step was observed before'],
  ['OUT_OF_ORDER', 'the step is older than the last one: publish steps in order, from one producer'],
  ['GAP', 'steps are missing before this one; it was used all the same'],
  ['AFTER_END', 'steps came after the last one that the end of the run named; they are used'],
  ['WRONG_KEY', 'the record’s key is not its run id'],
  ['WRONG_PARTITION', 'the run’s start lies in another partition: let the key decide, by murmur2'],
  ['MONITOR_FAILED', 'the monitor failed on the record: a fault of Brink, please report it'],
];

/** Records that could not be used as they are, with what to do about it. */
export function RejectedView({ source, place }: { source: Source; place: Place }) {
  const run = place.query.get('run') ?? '';
  const reason = place.query.get('reason') ?? '';
  const offset = Math.max(0, Math.floor(Number(place.query.get('offset') ?? 0)) || 0);
  const [records, setRecords] = useState<readonly Rejected[] | null>(null);
  const [total, setTotal] = useState(0);
  const [failure, setFailure] = useState('');
  useTitle('Rejected');
  useEffect(() => {
    let current = true;
    const load = () =>
      source.rejected(run, reason, offset, PAGE).then(
        (page) => {
          if (current) {
            setRecords(page.items);
            setTotal(page.total);
            setFailure('');
          }
        },
        (error: unknown) => current && setFailure(error instanceof SourceError ? error.message : String(error)),
      );
    void load();
    const timer = setInterval(() => void load(), 5000);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [source, run, reason, offset]);
  const change = (changes: Record<string, string | null>) => go(withQuery(parsePlace(location.hash), changes), true);
  const meaning = new Map(REASONS);
  return (
    <div class="rejected">
      {failure !== '' && <Banner>{failure}</Banner>}
      <div class="toolbar" role="search">
        <input type="search" class="search" value={run} placeholder="Id of a run" aria-label="Id of a run" onInput={(e) => change({ run: e.currentTarget.value, offset: null })} />
        <label>
          reason{' '}
          <select value={reason} onChange={(e) => change({ reason: e.currentTarget.value, offset: null })}>
            <option value="">any</option>
            {REASONS.map(([name]) => (
              <option key={name} value={name}>
                {name.toLowerCase().replaceAll('_', ' ')}
              </option>
            ))}
          </select>
        </label>
        <span class="space" />
        <span class="resolution">
          {count(total)} {total === 1 ? 'record' : 'records'}
        </span>
      </div>
      {records !== null && records.length === 0 && (
        <Empty title="Nothing was rejected">
          <p>Every record that came could be used{run === '' && reason === '' ? '' : ', as far as this filter goes'}.</p>
        </Empty>
      )}
      {records !== null && records.length > 0 && (
        <div class="scroll" tabIndex={0} role="region" aria-label="Rejected records">
          <table class="list">
            <thead>
              <tr>
                <th>when</th>
                <th>run</th>
                <th>step</th>
                <th>reason</th>
                <th>what is wrong, and the remedy</th>
                <th>record</th>
              </tr>
            </thead>
            <tbody>
              {records.map((record) => {
                const name = record.reason.replace(/^REJECTION_REASON_/, '');
                const at = instant(record.rejected_at);
                return (
                  <tr key={`${record.topic} ${record.partition} ${record.offset} ${record.rejected_at} ${name}`}>
                    <td class="number">{at === null ? '' : moment(at)}</td>
                    <td>{record.run_id ? <a href={formatPlace(['runs', record.run_id])}>{record.run_id}</a> : <code>{record.key}</code>}</td>
                    <td class="number">{count(integer(record.step))}</td>
                    <td title={meaning.get(name)}>{words(name, '')}</td>
                    <td class="detail">
                      {record.detail || meaning.get(name)}
                      {record.detail && meaning.has(name) && <small>{meaning.get(name)}</small>}
                    </td>
                    <td>
                      <details>
                        <summary>
                          {record.topic} {record.partition}/{record.offset === '-1' ? 'waited' : record.offset}
                        </summary>
                        <p class="hint">
                          key <code>{record.key}</code>, {count(record.value_bytes)} bytes, the first in hexadecimal:
                        </p>
                        <code class="hex">{record.value}</code>
                      </details>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {total > PAGE && (
        <nav class="pager" aria-label="Pages">
          <button type="button" disabled={offset === 0} onClick={() => change({ offset: String(Math.max(0, offset - PAGE)) })}>
            ← newer
          </button>
          <span>
            {count(offset + 1)} to {count(Math.min(offset + PAGE, total))} of {count(total)}
          </span>
          <button type="button" disabled={offset + PAGE >= total} onClick={() => change({ offset: String(offset + PAGE) })}>
            older →
          </button>
        </nav>
      )}
    </div>
  );
}
