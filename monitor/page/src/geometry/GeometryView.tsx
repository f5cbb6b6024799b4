import { useEffect, useMemo, useState } from 'preact/hooks';
import { displayName, integer } from '../api/reading';
import { SourceError, type Source } from '../api/source';
import type { Run, Series } from '../api/types';
import { take, type Format } from '../chart/exports';
import { svg } from '../chart/svg';
import type { Palette } from '../lib/colours';
import { fileName } from '../lib/download';
import { count, number } from '../lib/format';
import { parsePlace, withQuery, type Place } from '../lib/place';
import { Player } from '../replay/Player';
import { RunTabs } from '../run/RunTabs';
import { go, useTitle, useWindowWidth } from '../ui/hooks';
import { Banner, Empty, Menu } from '../ui/parts';
import { PLANE_FIELDS, planeFigure, trajectory, turns } from './plane';

/** Lengths of what is shown, in steps; 0 is all. */
const LENGTHS: readonly number[] = [20, 50, 100, 200, 500, 1000, 5000, 0];
const USUAL = 200;

/** Points that are asked for at once: of so many steps every one is there. */
const POINTS = 8000;

const AGAIN_MS = 1500;

/** The iterates of a run in the plane of its slow motion and its oscillation. */
export function GeometryView({ source, id, place, palette }: { source: Source; id: string; place: Place; palette: Palette }) {
  const { run, error } = useRun(source, id);
  const lastStep = integer(run?.last_step) ?? 0;
  const length = chosenLength(place.query.get('steps'));
  const at = integer(place.query.get('at')) ?? lastStep;
  const end = Math.min(Math.max(at, 0), lastStep);
  const from = length === 0 ? 0 : Math.max(0, end - length + 1);
  const series = useStretch(source, id, from, end, lastStep);
  const figure = useMemo(() => (series === null ? null : planeFigure(series, from, end, palette)), [series, from, end, palette]);
  const width = Math.min(useWindowWidth() - 40, 1400);
  const height = Math.round(Math.min(Math.max(width * 0.55, 300), 620));
  const name = run === null ? id : displayName(run);
  useTitle(`${name}: geometry`);
  const change = (changes: Record<string, string | null>) => go(withQuery(parsePlace(location.hash), changes), true);

  return (
    <div class="geometry">
      <RunTabs id={id} current="geometry" />
      <h1>{name}</h1>
      {error !== '' && <Banner>{error}</Banner>}
      {run !== null && (
        <div class="toolbar" role="toolbar" aria-label="What is shown">
          <label>
            show{' '}
            <select value={String(length)} onChange={(e) => change({ steps: e.currentTarget.value })}>
              {LENGTHS.map((steps) => (
                <option key={steps} value={String(steps)}>
                  {steps === 0 ? 'all steps' : `${count(steps)} steps`}
                </option>
              ))}
            </select>
          </label>
          <Player label="Last step that is shown" at={end} last={lastStep} speeds={SPEEDS} usual={20} onMove={(step) => change({ at: step >= lastStep ? null : String(step) })} />
          <span class="space" />
          {figure !== null && (
            <Menu
              label="Save"
              items={(['csv', 'json', 'png', 'svg'] as const).map((format: Format) => [format.toUpperCase(), () => void take(format, `${fileName(name)}-plane`, [figure], palette)] as const)}
            />
          )}
        </div>
      )}
      {figure !== null && (
        <figure class="chart plane">
          <div role="img" aria-label={summary(series ?? {}, from, end)} dangerouslySetInnerHTML={{ __html: svg(figure, palette, width, height) }} />
          <figcaption class="note">{summary(series ?? {}, from, end)}</figcaption>
        </figure>
      )}
      {run !== null && series !== null && figure === null && (
        <Empty title="No plane for these steps">
          <p>The plane needs the top eigenvector, a second measurement of it, and a motion that is more than rounding. With Brink’s own trainer, <code>--plane-every</code> says how often it is set anew; 0 leaves it out.</p>
        </Empty>
      )}
      <p class="note about">
        Across: how far training has come along its slow direction, which is its displacement over the last frame. Upwards: along the top eigenvector, in which it oscillates. Both axes are set anew at each dotted line, and the frames are laid end to end; scales differ. Where the eigenvector is another one than before, the line is broken.
      </p>
    </div>
  );
}

const SPEEDS: readonly (readonly [number, string])[] = [
  [2, '2 steps/s'],
  [20, '20 steps/s'],
  [200, '200 steps/s'],
  [2000, '2,000 steps/s'],
];

function chosenLength(text: string | undefined): number {
  const length = Number(text ?? USUAL);
  return LENGTHS.includes(length) ? length : USUAL;
}

/** What is seen, for those who do not see it. */
function summary(series: Series['series'], from: number, to: number): string {
  const { oscillation, slow, steps, raw } = trajectory(series, from, to);
  const first = slow.find(Number.isFinite) ?? NaN;
  const last = slow.filter(Number.isFinite).pop() ?? NaN;
  const sizes = oscillation.filter(Number.isFinite).map(Math.abs);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const changed = turns(series).filter((step) => step > (steps[0] ?? 0) && step <= to).length;
  return (
    `Steps ${count(steps[0])} to ${count(to)}: ${number(last - first, 3)} rad along the slow motion, an oscillation of up to ${number(largest, 3)} rad` +
    `${raw ? '' : ' (of so many steps the extremes are drawn)'}${changed > 0 ? `; the top eigenvector changed ${count(changed)} times` : ''}.`
  );
}

/** The run, asked for again while it goes on. */
function useRun(source: Source, id: string): { readonly run: Run | null; readonly error: string } {
  const [run, setRun] = useState<Run | null>(null);
  const [error, setError] = useState('');
  useEffect(() => {
    let closed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      try {
        const found = await source.run(id);
        if (!closed) {
          setRun(found);
          setError('');
          timer = source.live && found.status === 'RUNNING' ? setTimeout(() => void ask(), AGAIN_MS) : undefined;
        }
      } catch (failure) {
        if (!closed) {
          setError(failure instanceof SourceError ? failure.message : String(failure));
          timer = source.live ? setTimeout(() => void ask(), AGAIN_MS) : undefined;
        }
      }
    };
    void ask();
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [source, id]);
  return { run, error };
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly series: Series['series'];
}

/** The series of a stretch of steps and of what follows it, so that a moving window need not ask for each place. */
function useStretch(source: Source, id: string, from: number, to: number, lastStep: number): Series['series'] | null {
  const [stretch, setStretch] = useState<Stretch | null>(null);
  const [again, setAgain] = useState(0);
  const held = stretch !== null && stretch.from <= from && stretch.to >= to && (stretch.to - stretch.from <= POINTS / 2 || to - from > POINTS / 4);
  useEffect(() => {
    if (held) {
      return undefined;
    }
    let closed = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const length = to - from + 1;
    const margin = Math.max(0, Math.min(3 * length, POINTS / 2 - length));
    const begin = Math.max(0, from - Math.floor(margin / 3));
    const end = Math.min(lastStep, to + margin);
    source.series(id, { fields: PLANE_FIELDS, x: 'step', from: begin, to: end, points: POINTS, log: false }).then(
      (answer) => {
        if (closed) {
          return;
        }
        setStretch({ from: begin, to: end, series: answer.series });
        if (!answer.complete && source.live) {
          // What is missing may be in this very stretch.
          timer = setTimeout(() => {
            setStretch(null);
            setAgain((n) => n + 1);
          }, AGAIN_MS);
        }
      },
      () => {
        timer = setTimeout(() => !closed && setAgain((n) => n + 1), AGAIN_MS);
      },
    );
    return () => {
      closed = true;
      clearTimeout(timer);
    };
  }, [source, id, from, to, lastStep, held, again]);
  return stretch?.series ?? null;
}
