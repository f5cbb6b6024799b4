import { useEffect, useRef, useState } from 'preact/hooks';
import { count } from '../lib/format';

/** Pause between two places while it plays, in milliseconds. */
const FRAME_MS = 100;

/** A place from 0 to the last one that can be moved, or moves by itself at a speed. */
export function Player(props: {
  label: string;
  at: number;
  last: number;
  /** Places a second, and what each speed is called. */
  speeds: readonly (readonly [speed: number, text: string])[];
  usual: number;
  onMove: (at: number) => void;
}) {
  const { label, at, last, speeds } = props;
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(props.usual);
  const latest = useRef({ at, last, onMove: props.onMove });
  latest.current = { at, last, onMove: props.onMove };
  useEffect(() => {
    if (!playing) {
      return undefined;
    }
    let exact = latest.current.at >= latest.current.last ? 0 : latest.current.at;
    let then = performance.now();
    const timer = setInterval(() => {
      const now = performance.now();
      // Where the reader moved it meanwhile, it goes on from there.
      exact = Math.abs(exact - latest.current.at) > 1 + (speed * FRAME_MS) / 500 && latest.current.at < latest.current.last ? latest.current.at : exact;
      exact = Math.min(exact + ((now - then) / 1000) * speed, latest.current.last);
      then = now;
      latest.current.onMove(Math.floor(exact));
      if (exact >= latest.current.last) {
        setPlaying(false);
      }
    }, FRAME_MS);
    return () => clearInterval(timer);
  }, [playing, speed]);
  return (
    <span class="player">
      <button type="button" aria-pressed={playing} aria-label={playing ? 'Pause' : 'Play'} title={playing ? 'Pause' : 'Play'} onClick={() => setPlaying(!playing)}>
        {playing ? '❚❚' : '▶'}
      </button>
      <input type="range" min={0} max={Math.max(last, 1)} step={1} value={at} aria-label={label} onInput={(e) => props.onMove(Number(e.currentTarget.value))} />
      <output>{count(at)}</output>
      <label>
        <span class="visually-hidden">Speed</span>
        <select value={String(speed)} onChange={(e) => setSpeed(Number(e.currentTarget.value))}>
          {speeds.map(([value, text]) => (
            <option key={value} value={String(value)}>
              {text}
            </option>
          ))}
        </select>
      </label>
    </span>
  );
}
