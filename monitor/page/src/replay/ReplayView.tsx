import { useEffect, useMemo, useState } from 'preact/hooks';
import { integer } from '../api/reading';
import type { Recording } from '../api/recorded';
import { SourceError, type Source } from '../api/source';
import type { Palette } from '../lib/colours';
import { number } from '../lib/format';
import { parsePlace, withQuery, type Place } from '../lib/place';
import { record } from '../report/make';
import { RunTabs } from '../run/RunTabs';
import { RunView } from '../run/RunView';
import { go } from '../ui/hooks';
import { Banner, Empty } from '../ui/parts';
import { Playback } from './playback';
import { Player } from './Player';

/** How long a run takes at the usual speed, in seconds. */
const USUAL_SECONDS = 60;

const AGAIN_MS = 1500;

/** A run again, from its first step to its last, as the page showed it then. */
export function ReplayView({ source, id, place, palette }: { source: Source; id: string; place: Place; palette: Palette }) {
  const { recording, error } = useRecording(source, id);
  const playback = useMemo(() => (recording === null ? null : new Playback(source, recording, id)), [source, recording, id]);
  const run = recording?.runs[id];
  const last = integer(run?.series.last_step) ?? integer(run?.run.last_step) ?? 0;
  const at = Math.min(Math.max(integer(place.query.get('at')) ?? 0, 0), last);
  const speeds = useMemo(() => speedsOf(run?.series.series['observed_at'], last), [run, last]);
  if (playback !== null) {
    playback.step = at;
  }
  return (
    <>
      <RunTabs id={id} current="replay" />
      {error !== '' && <Banner>{error}</Banner>}
      {run !== undefined && run.run.status === 'RUNNING' && <Banner kind="info">This run goes on; what is replayed is what had come when this page was opened.</Banner>}
      {playback === null && error === '' && <Empty title="Reading the run" />}
      {playback !== null && (
        <>
          <div class="toolbar replay" role="toolbar" aria-label="Replay">
            <Player label="Step" at={at} last={last} speeds={speeds} usual={last / USUAL_SECONDS} onMove={(step) => go(withQuery(parsePlace(location.hash), { at: String(step) }), true)} />
            <span class="note">2,000 points of each curve; verdicts appear at the step that they were made at</span>
          </div>
          <RunView source={playback} id={id} place={place} palette={palette} writable={false} moment={at} />
        </>
      )}
    </>
  );
}

/** Speeds in steps a second: as fast as it was, and whatever takes a time that a person has. */
function speedsOf(observed: { readonly x: readonly number[]; readonly y: readonly number[] } | undefined, last: number): (readonly [number, string])[] {
  const speeds: (readonly [number, string])[] = [10, USUAL_SECONDS, 300].map((seconds) => [last / seconds, `all in ${seconds < 60 ? `${seconds} s` : `${seconds / 60} min`}`] as const);
  const end = (observed?.x.length ?? 0) - 1;
  const seconds = ((observed?.y[end] ?? 0) - (observed?.y[0] ?? 0)) / 1000;
  if (seconds > 0) {
    const real = last / seconds;
    speeds.push(...[1, 10, 100].map((times) => [real * times, times === 1 ? `as it was (${number(real, 2)} steps/s)` : `${times} times as fast`] as const));
  }
  // Two that are the same could not be told apart.
  return speeds.filter(([speed], i) => speeds.findIndex(([other]) => other === speed) === i);
}

/** The run as a report would have it, once it is there as a whole. */
function useRecording(source: Source, id: string): { readonly recording: Recording | null; readonly error: string } {
  const [recording, setRecording] = useState<Recording | null>(null);
  const [error, setError] = useState('');
  useEffect(() => {
    let closed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = () =>
      record(source, [id], '').then(
        (found) => {
          if (!closed) {
            setRecording(found);
            setError('');
          }
        },
        (failure: unknown) => {
          if (!closed) {
            setError(failure instanceof SourceError ? failure.message : String(failure));
            timer = setTimeout(() => void ask(), AGAIN_MS);
          }
        },
      );
    void ask();
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [source, id]);
  return { recording, error };
}
