import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { displayName, regime as regimeOf } from '../api/reading';
import type { Source } from '../api/source';
import type { Figure } from '../chart/figure';
import { Chart } from '../chart/Chart';
import { take, type Format } from '../chart/exports';
import { Hover } from '../chart/hover';
import type { Gestures } from '../chart/plot';
import { panned, within, zoomed } from '../chart/range';
import type { Palette } from '../lib/colours';
import { fileName } from '../lib/download';
import { count, moment, number } from '../lib/format';
import { parsePlace, withQuery, type Place } from '../lib/place';
import { stays } from '../lib/regimes';
import { saveReport } from '../report/make';
import { go, useTitle, useWindowWidth } from '../ui/hooks';
import { Banner, Dialog, Empty } from '../ui/parts';
import { NoteDialog } from '../runs/NoteDialog';
import { Changes, Evidence } from './Evidence';
import { chosenHorizon, figure, FORECAST, forecastFigure, horizons, score, shownRange, type Score as ForecastScore } from './figures';
import { RunHeader } from './RunHeader';
import { RunModel, type RunState } from './model';
import { RunTabs } from './RunTabs';
import { Strip } from './Strip';
import { Toolbar } from './Toolbar';
import { formatNames, formatRange, formatRanges, parseView, toggled } from './view';

const FORECAST_ABOUT =
  'λ₁ as measured; what the newest fit expects, with its interval; and earlier forecasts of one horizon, drawn at the time that they were about. An interval does not allow for a catapult.';

/** One run: charts over the same x axis, regimes behind them, and what each verdict rests on. */
export function RunView(props: {
  source: Source;
  id: string;
  place: Place;
  palette: Palette;
  writable: boolean;
  /** What a source that is played back stands at; another moment is another answer. */
  moment?: number;
}) {
  const { source, id, place, palette, writable, moment: played } = props;
  const [state, setState] = useState<RunState | null>(null);
  const model = useRef<RunModel | null>(null);
  const hover = useMemo(() => new Hover(), [id]);
  const [editing, setEditing] = useState(false);
  const [about, setAbout] = useState<Figure | null>(null);
  const [aboutText, setAboutText] = useState('');
  const [failure, setFailure] = useState('');
  const width = useWindowWidth();
  const view = useMemo(() => parseView(place), [place]);
  const points = Math.round(Math.min(Math.max((width > 1000 ? width / 2 : width) * 1.6, 500), 2000) / 100) * 100;

  useEffect(() => {
    const made = new RunModel(source, id, () => setState(made.state));
    model.current = made;
    setState(made.state);
    made.look(view, points);
    return () => made.close();
  }, [source, id]);
  useEffect(() => model.current?.look(view, points), [view, points]);
  useEffect(() => {
    if (played !== undefined) {
      model.current?.refresh(true);
    }
  }, [played]);
  useTitle(state?.run ? displayName(state.run) : id);

  // Of the address as it is now: two changes may come before the next drawing.
  const change = (changes: Record<string, string | null>) => go(withQuery(parsePlace(location.hash), changes), true);
  const material = useMemo(
    () => (state?.material ? { ...state.material, changes: state.changes } : null),
    [state?.material, state?.changes],
  );
  const figures = useMemo(() => {
    if (state === null || material === null) {
      return [];
    }
    const made = state.specs.map((spec) => ({ spec, figure: figure(spec, material, view, palette) }));
    const measured = 'midpoint_eigenvalue_1' in material.series ? 'midpoint_eigenvalue_1' : 'iterate_eigenvalue_1';
    const forecast = forecastFigure(measured, material, view, palette);
    const shown = made.filter((chart) => chart.figure.curves.length > 0).map(({ spec, figure: f }) => ({ figure: f, about: spec.about }));
    if (forecast !== null) {
      const place = shown.findIndex((chart) => chart.figure.id === 'norms');
      shown.splice(place < 0 ? shown.length : place, 0, { figure: forecast, about: FORECAST_ABOUT });
    }
    return shown;
  }, [state?.specs, material, view, palette]);

  if (state === null) {
    return null;
  }
  if (state.error?.status === 404 && state.run === null) {
    return (
      <Empty title="No such run so far">
        <p>{state.error.message}</p>
        {source.live && <p>This page shows it as soon as it is there.</p>}
        <p>
          <a href="#/">All runs</a>
        </p>
      </Empty>
    );
  }

  const whole = material?.whole ?? [0, 1];
  const range = material === null ? ([0, 1] as const) : shownRange(material, view);
  const show = (from: number, to: number) => change({ range: formatRange(within([from, to], whole)) });
  const gesturesOf = (chart: string): Gestures => ({
    zoom: show,
    zoomY: (from, to) => change({ y: formatRanges(new Map(view.y).set(chart, [from, to])) }),
    reset: () => change({ range: null, y: null }),
    pick: (x) => {
      const all = stays(state.changes);
      const clock = material?.clock;
      const picked = all.filter((stay) => (clock?.at(view.axis, stay.from) ?? Infinity) <= x).pop();
      const number = picked?.change ? state.changes.indexOf(picked.change) : -1;
      change({ change: number < 0 ? null : String(number) });
    },
  });
  const visible = figures.filter((chart) => !view.hidden.has(chart.figure.id));
  const name = state.run ? displayName(state.run) : id;
  const file = fileName(name);
  const save = (format: Format) => void take(format, file, visible.map((chart) => chart.figure), palette);
  const report = () => {
    setFailure('');
    saveReport(source, [id], location.hash, file).catch((error: unknown) => setFailure(String(error instanceof Error ? error.message : error)));
  };
  const horizon = chosenHorizon(state.material?.forecasts ?? null, view);
  const scored = score(state.material?.forecasts ?? null, horizon);
  const picked = view.change === null ? null : (state.changes[view.change] ?? null);

  return (
    <div class="run">
      {source.live && state.connection === 'lost' && (
        <Banner>
          The monitor does not answer; trying again. What you see is {state.heard === null ? 'not of now' : `of ${moment(state.heard)}`}. If it was stopped, start it again with <code>./brink monitor</code> or <code>./brink demo</code>.
        </Banner>
      )}
      {state.error !== null && state.connection !== 'lost' && <Banner>{state.error.message}</Banner>}
      {failure !== '' && <Banner>{failure}</Banner>}
      {state.read < 1 && (
        <Banner kind="info">
          The monitor is reading this run from Kafka: {Math.floor(state.read * 100)} % so far.
        </Banner>
      )}
      {played === undefined && <RunTabs id={id} current="charts" />}
      <RunHeader state={state} onEdit={writable ? () => setEditing(true) : undefined} live={source.live} />
      {material !== null && (
        <>
          <Strip changes={state.changes} material={material} axis={view.axis} range={view.range} palette={palette} picked={view.change} onPick={(n) => change({ change: n === null ? null : String(n) })} onRange={show} onReset={() => change({ range: null })} />
          <Toolbar
            view={view}
            narrowed={view.range !== null || view.y.size > 0}
            raw={state.raw}
            hidden={figures.filter((chart) => view.hidden.has(chart.figure.id)).map((chart) => [chart.figure.id, chart.figure.title] as const)}
            live={source.live}
            onChange={change}
            onZoom={(factor) => show(...zoomed(range, factor, 0.5, view.xLog && view.axis !== 'time'))}
            onPan={(share) => show(...panned(range, share, view.xLog && view.axis !== 'time'))}
            onSave={save}
            onReport={source.live ? report : undefined}
          />
        </>
      )}
      <div class="columns">
        <div class="charts">
          {visible.map(({ figure: f, about: text }) => (
            <Chart
              key={f.id}
              figure={f}
              about={text}
              palette={palette}
              hover={hover}
              gestures={gesturesOf(f.id)}
              group={`run ${id}`}
              height={view.large === f.id ? 420 : 190}
              large={view.large === f.id}
              fileName={file}
              onFlip={() => change({ flip: formatNames(toggled(view.flipped, f.id)) })}
              onClip={() => change({ clip: formatNames(toggled(view.clipped, f.id)) })}
              onLarge={() => change({ large: view.large === f.id ? null : f.id })}
              footer={f.id === FORECAST && scored !== null ? <Score score={scored} horizon={horizon} /> : undefined}
              onHide={() => change({ hide: formatNames(toggled(view.hidden, f.id)) })}
              onAbout={() => {
                setAbout(f);
                setAboutText(text);
              }}
            >
              {f.id === FORECAST && (
                <select aria-label="How far ahead" value={String(horizon)} onChange={(e) => change({ ahead: e.currentTarget.value })}>
                  {horizons(state.material?.forecasts ?? null).map((h) => (
                    <option key={h} value={String(h)}>
                      {h} τ ahead
                    </option>
                  ))}
                </select>
              )}
            </Chart>
          ))}
          {material !== null && figures.length === 0 && state.read === 1 && (
            <Empty title="No steps yet">
              <p>The run has started, and no step of it has come. This page shows the first one as soon as it is there.</p>
            </Empty>
          )}
          {material !== null && figures.length > 0 && !figures.some((chart) => chart.figure.id === 'sharpness') && (
            <p class="note">
              This run publishes no sharpness, so there is no stability ratio. Verdicts rest on gradients and norms alone; with Brink’s own trainer, <code>--sharpness-every 1</code> measures it.
            </p>
          )}
        </div>
        <aside aria-label="Regimes">
          {picked !== null && <Evidence change={picked} source={source} runId={id} onClose={() => change({ change: null })} />}
          <Changes changes={state.changes} picked={view.change} onPick={(n) => change({ change: String(n) })} />
        </aside>
      </div>
      <p class="visually-hidden" aria-live="polite">
        {state.changes.length > 0 ? `${name}: ${regimeOf(state.changes[state.changes.length - 1]?.raw.to)}` : ''}
      </p>
      {editing && state.run !== null && (
        <NoteDialog
          source={source}
          run={state.run}
          onClose={() => setEditing(false)}
          onSaved={(summary) => model.current?.summary(summary)}
        />
      )}
      {about !== null && (
        <Dialog title={about.title} onClose={() => setAbout(null)}>
          <p>{aboutText}</p>
          <dl class="facts">
            {about.curves.filter((curve) => curve.silent !== true).map((curve) => (
              <div key={curve.key}>
                <dt>{curve.label}</dt>
                <dd><code>{curve.key}</code></dd>
              </div>
            ))}
          </dl>
        </Dialog>
      )}
    </div>
  );
}

function Score({ score: scored, horizon }: { score: ForecastScore; horizon: number | null }) {
  return (
    <p class="score">
      Of {count(scored.forecasts)} forecasts {horizon} τ ahead the median is off by {number(scored.median * 100, 2)} %, “stays as it is” by {number(scored.unchanged * 100, 2)} %.
      {scored.covered !== null && scored.claimed !== null && ` The ${Math.round(scored.claimed * 100)} % interval held ${Math.round(scored.covered * 100)} %.`}
    </p>
  );
}
