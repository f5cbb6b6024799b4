import { useEffect, useState } from 'preact/hooks';
import type { MonitorInfo } from '../api/types';
import { Recorded, RECORDING_FORMAT } from '../api/recorded';
import type { Source } from '../api/source';
import { CompareView } from '../compare/CompareView';
import { GeometryView } from '../geometry/GeometryView';
import { moment } from '../lib/format';
import { RejectedView } from '../rejected/RejectedView';
import { ReplayView } from '../replay/ReplayView';
import { RunView } from '../run/RunView';
import { RunsView } from '../runs/RunsView';
import { formatPlace } from '../lib/place';
import { usePlace, useTheme } from './hooks';
import { Banner, Dialog, Empty } from './parts';

/** The page: what the address asks for below one header. */
export function App({ source }: { source: Source }) {
  const place = usePlace();
  const { theme, palette, choose } = useTheme();
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [help, setHelp] = useState(false);
  useEffect(() => {
    const keyed = (e: KeyboardEvent) => {
      if (e.key === '?' && !(e.target instanceof HTMLInputElement || e.target instanceof HTMLTextAreaElement)) {
        setHelp(true);
      }
    };
    addEventListener('keydown', keyed);
    return () => removeEventListener('keydown', keyed);
  }, []);
  const monitor = useMonitor(source);
  const [view = 'runs', id, tab = 'charts'] = place.path;
  const recording = source instanceof Recorded ? source.recording : null;
  const current = (name: string) => (view === name ? ('page' as const) : undefined);
  return (
    <>
      <a class="skip" href="#main" onClick={(e) => (e.preventDefault(), document.getElementById('main')?.focus())}>
        To the content
      </a>
      <header class="top">
        <a class="brand" href="#/">
          Brink
        </a>
        <nav aria-label="Views">
          <a href="#/" aria-current={id === undefined ? current('runs') : undefined}>
            Runs
          </a>
          <a href={formatPlace(['compare'], [['runs', [...selected].map(encodeURIComponent).join(',')]])} aria-current={current('compare')}>
            Compare
          </a>
          {source.live && (
            <a href="#/rejected" aria-current={current('rejected')}>
              Rejected
            </a>
          )}
        </nav>
        <span class="space" />
        <button type="button" class="plain" onClick={() => choose(theme === null ? 'dark' : theme === 'dark' ? 'light' : null)} title="Theme: as the system, dark, light">
          {theme === null ? '◐ auto' : theme === 'dark' ? '● dark' : '○ light'}
        </button>
        <button type="button" class="plain" aria-label="Help" onClick={() => setHelp(true)}>
          ?
        </button>
      </header>
      {recording !== null && (
        <Banner kind="info">
          A report of {moment(Date.parse(recording.made_at))}, made by Brink {recording.version}; it needs no network.
          {recording.format > RECORDING_FORMAT && ' It is of a newer version than this page knows.'}
        </Banner>
      )}
      {monitor !== null && !monitor.ready && <Banner>The monitor is not ready: {monitor.reasons.join('; ')}</Banner>}
      <main id="main" tabIndex={-1}>
        {view === 'runs' && id !== undefined && tab === 'geometry' && <GeometryView key={id} source={source} id={id} place={place} palette={palette} />}
        {view === 'runs' && id !== undefined && tab === 'replay' && <ReplayView key={id} source={source} id={id} place={place} palette={palette} />}
        {view === 'runs' && id !== undefined && tab !== 'geometry' && tab !== 'replay' && <RunView key={id} source={source} id={id} place={place} palette={palette} writable={source.live && monitor?.read_only !== true} />}
        {view === 'runs' && id === undefined && <RunsView source={source} place={place} writable={source.live && monitor?.read_only !== true} selected={selected} onSelect={setSelected} />}
        {view === 'compare' && <CompareView source={source} place={place} palette={palette} />}
        {view === 'rejected' && <RejectedView source={source} place={place} />}
        {!['runs', 'compare', 'rejected'].includes(view) && (
          <Empty title="Nothing is here">
            <p>
              <a href="#/">All runs</a>
            </p>
          </Empty>
        )}
      </main>
      {help && <Help onClose={() => setHelp(false)} />}
    </>
  );
}

const MONITOR_MS = 10_000;

/** What the monitor says of itself; null while it does not answer, which the views say. */
function useMonitor(source: Source): MonitorInfo | null {
  const [monitor, setMonitor] = useState<MonitorInfo | null>(null);
  useEffect(() => {
    const ask = () => void source.monitor().then(setMonitor, () => setMonitor(null));
    ask();
    const timer = source.live ? setInterval(ask, MONITOR_MS) : undefined;
    return () => clearInterval(timer);
  }, [source]);
  return monitor;
}

function Help({ onClose }: { onClose: () => void }) {
  const keys: readonly (readonly [string, string])[] = [
    ['drag over a chart', 'zoom: sideways in x, up and down in y'],
    ['shift and drag', 'move what is shown'],
    ['control and wheel', 'zoom about the pointer'],
    ['double click, or 0', 'show all'],
    ['click', 'the evidence for the regime there'],
    ['← →', 'read values, on the chart that has the focus'],
    ['shift and ← →', 'earlier, later'],
    ['+ −', 'zoom in and out'],
    ['/', 'find runs'],
    ['?', 'this help'],
  ];
  return (
    <Dialog title="Keys and gestures" onClose={onClose}>
      <table class="keys">
        <tbody>
          {keys.map(([key, what]) => (
            <tr key={key}>
              <th scope="row">{key}</th>
              <td>{what}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="hint">Everything about how a run is looked at is in the address: a bookmark or a link to it shows the same.</p>
    </Dialog>
  );
}
