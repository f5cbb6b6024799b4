import { useEffect, useMemo, useState } from 'preact/hooks';
import { displayName } from '../api/reading';
import type { Source } from '../api/source';
import { Chart } from '../chart/Chart';
import { take, type Format } from '../chart/exports';
import { Hover } from '../chart/hover';
import type { Gestures } from '../chart/plot';
import { within } from '../chart/range';
import type { Palette } from '../lib/colours';
import { parsePlace, withQuery, type Place } from '../lib/place';
import { saveReport } from '../report/make';
import { formatNames, formatRange, formatRanges, parseView, toggled } from '../run/view';
import { go, useTitle } from '../ui/hooks';
import { Banner, Choice, Empty, Menu } from '../ui/parts';
import { ComparedTable } from './ComparedTable';
import { everyField, figureOf, load, sameRange, TOPICS, topicOf, type Compared, type Topic } from './model';
import { formatRuns, parseAlignment, parseRuns, type Alignment } from './selection';
import { Sweep } from './Sweep';

const AGAIN_MS = 4000;
const POINTS = 1000;

/** Several runs over each other, what they differ in, and a sweep as a map. */
export function CompareView(props: { source: Source; place: Place; palette: Palette }) {
  const { source, place, palette } = props;
  const sweep = place.query.get('sweep');
  const slots = useMemo(() => parseRuns(place), [place]);
  const alignment = parseAlignment(place);
  const view = useMemo(() => parseView(place), [place]);
  const added = useMemo(() => (place.query.get('add') ?? '').split(',').filter((name) => name !== ''), [place]);
  const topics = useMemo<Topic[]>(() => [...TOPICS, ...added.map((field) => topicOf(field, undefined))], [added]);
  const [runs, setRuns] = useState<readonly Compared[] | null>(null);
  const [failures, setFailures] = useState<readonly string[]>([]);
  const [tick, setTick] = useState(0);
  const hover = useMemo(() => new Hover(), []);
  useTitle(sweep === null || sweep === undefined ? 'Compare' : `Sweep ${sweep}`);

  const key = JSON.stringify([formatRuns(slots), alignment, view.range, added]);
  useEffect(() => {
    let current = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    load(source, slots, topics, alignment, view.range, POINTS).then(
      (found) => {
        if (!current) {
          return;
        }
        setRuns(found.runs);
        setFailures(found.failures);
        const goesOn = found.failures.length > 0 || found.runs.some((run) => run.run.status === 'RUNNING' || !run.fields.complete);
        if (source.live && goesOn) {
          timer = setTimeout(() => setTick((n) => n + 1), AGAIN_MS);
        }
      },
      (error: unknown) => current && setFailures([String(error)]),
    );
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [source, key, tick]);

  const change = (changes: Record<string, string | null>) => go(withQuery(parsePlace(location.hash), changes), true);
  const figures = useMemo(
    () => sameRange(topics.map((topic) => figureOf(topic, runs ?? [], alignment, view.range, view.flipped, view.y.get(topic.id) ?? null, view.clipped, palette)).filter((f) => f !== null)),
    [runs, topics, alignment, view, palette],
  );
  if (sweep !== null && sweep !== undefined) {
    return <Sweep source={source} group={sweep} place={place} />;
  }
  if (slots.every((id) => id === null)) {
    return (
      <Empty title="Nothing to compare">
        <p>
          Tick two or more <a href="#/">runs</a> and press “Compare”.
        </p>
      </Empty>
    );
  }
  const whole = figures[0]?.xRange ?? [0, 1];
  const show = (from: number, to: number) => change({ range: formatRange(view.range === null ? within([from, to], whole) : [from, to]) });
  const gestures = (chart: string): Gestures => ({
    zoom: show,
    zoomY: (from, to) => change({ y: formatRanges(new Map(view.y).set(chart, [from, to])) }),
    reset: () => change({ range: null, y: null }),
    pick: () => undefined,
  });
  const without = alignment === 'onset' ? (runs ?? []).filter((run) => run.onset === null) : [];
  const fields = everyField(runs ?? []);
  const ids = slots.filter((id) => id !== null);
  const save = (format: Format) => void take(format, 'comparison', figures, palette);
  const report = () => saveReport(source, ids, location.hash, 'comparison').catch((error: unknown) => setFailures([error instanceof Error ? error.message : String(error)]));
  return (
    <div class="compare">
      <h1 class="visually-hidden">Comparison of {ids.length} runs</h1>
      {failures.map((failure) => (
        <Banner key={failure}>{failure}</Banner>
      ))}
      {without.length > 0 && <Banner kind="info">Without an onset, and so not shown: {without.map((run) => displayName(run.run)).join(', ')}</Banner>}
      <div class="toolbar" role="toolbar" aria-label="How the charts are shown">
        <Choice<Alignment> label="align by" value={alignment} options={[['step', 'step'], ['flow_time', 'flow time'], ['onset', 'onset']]} onChoose={(align) => change({ align: align === 'step' ? null : align, range: null })} />
        <button type="button" disabled={view.range === null && view.y.size === 0} onClick={() => change({ range: null, y: null })}>
          reset
        </button>
        <label>
          add{' '}
          <select value="" aria-label="Add a chart of another field" onChange={(e) => change({ add: [...added, e.currentTarget.value].join(',') })}>
            <option value="">another field …</option>
            {fields
              .filter((field) => !added.includes(field.name))
              .map((field) => (
                <option key={field.name} value={field.name}>
                  {field.name}
                </option>
              ))}
          </select>
        </label>
        <span class="space" />
        <Menu
          label="Save"
          items={[
            ['CSV of what is shown', () => save('csv')],
            ['JSON of what is shown', () => save('json')],
            ['PNG', () => save('png')],
            ['SVG', () => save('svg')],
            ...(source.live ? ([['Report: one HTML file', () => void report()]] as const) : []),
          ]}
        />
      </div>
      {runs !== null && (
        <>
          <ComparedTable runs={runs} palette={palette} onRemove={(slot) => change({ runs: formatRuns(slots.map((id, i) => (i === slot ? null : id))) })} topics={topics} />
          <div class="charts">
            {figures.map((f) => (
              <Chart
                key={f.id}
                figure={f}
                about={`${f.title} of each run.`}
                palette={palette}
                hover={hover}
                gestures={gestures(f.id)}
                group="compare"
                height={view.large === f.id ? 420 : 200}
                large={view.large === f.id}
                fileName="comparison"
                onFlip={() => change({ flip: formatNames(toggled(view.flipped, f.id)) })}
                onClip={() => change({ clip: formatNames(toggled(view.clipped, f.id)) })}
                onLarge={() => change({ large: view.large === f.id ? null : f.id })}
                onHide={added.includes(f.id) ? () => change({ add: added.filter((name) => name !== f.id).join(',') }) : undefined}
              />
            ))}
          </div>
        </>
      )}
    </div>
  );
}
