import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Palette } from '../lib/colours';
import { count, estimate, moment, number } from '../lib/format';
import { nearest } from '../lib/nearest';
import { take } from './exports';
import { beyond, hiddenByLog, type Curve, type Figure } from './figure';
import type { Hover } from './hover';
import { Plot, structure, type Gestures } from './plot';
import { panned, zoomed } from './range';
import { Menu } from '../ui/parts';

/** A chart with its title, legend and buttons. */
export function Chart(props: {
  figure: Figure;
  about: string;
  palette: Palette;
  hover: Hover;
  gestures: Gestures;
  group: string;
  height: number;
  large?: boolean;
  fileName: string;
  onFlip?: () => void;
  onClip?: () => void;
  onLarge?: () => void;
  onHide?: (() => void) | undefined;
  onAbout?: () => void;
  /** What is said below the plot. */
  footer?: ComponentChildren | undefined;
  children?: ComponentChildren;
}) {
  const { figure, palette, hover, group, height } = props;
  const target = useRef<HTMLDivElement>(null);
  const plot = useRef<Plot | null>(null);
  const latest = useRef({ figure, gestures: props.gestures });
  latest.current = { figure, gestures: props.gestures };

  const shape = structure(figure);
  useEffect(() => {
    const element = target.current;
    if (element === null) {
      return undefined;
    }
    const gestures: Gestures = {
      zoom: (from, to) => latest.current.gestures.zoom(from, to),
      zoomY: (from, to) => latest.current.gestures.zoomY(from, to),
      reset: () => latest.current.gestures.reset(),
      pick: (x) => latest.current.gestures.pick(x),
    };
    const made = new Plot(latest.current.figure, palette, hover, gestures, element, element.clientWidth, height, group);
    plot.current = made;
    const observer = new ResizeObserver(() => made.resize(element.clientWidth, height));
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [shape, palette, height, group]);
  useEffect(() => plot.current?.show(figure), [figure, shape, palette]);

  const hidden = hiddenByLog(figure);
  const outside = beyond(figure);
  return (
    <section class={props.large ? 'chart large' : 'chart'} aria-label={figure.title}>
      <header>
        <h3 title={props.about}>{figure.title}</h3>
        <div class="tools">
          {props.children}
          {props.onFlip && (
            <button type="button" class="plain" aria-pressed={figure.yLog} title="Logarithmic axis" onClick={props.onFlip}>
              log
            </button>
          )}
          {props.onClip && (
            <button type="button" class="plain" aria-pressed={figure.clipped} title="Fit the axis to the middle 98 % of the values; what is beyond leaves the chart" onClick={props.onClip}>
              98 %
            </button>
          )}
          {figure.yRange !== null && (
            <button type="button" class="plain" title="Show all values again" onClick={() => props.gestures.reset()}>
              all
            </button>
          )}
          <Menu
            label="⋯"
            items={[
              ...(props.onAbout ? ([['What it shows', props.onAbout]] as const) : []),
              ['Save as CSV', () => void take('csv', `${props.fileName}-${figure.id}`, [figure], palette)],
              ['Save as JSON', () => void take('json', `${props.fileName}-${figure.id}`, [figure], palette)],
              ['Save as PNG', () => void take('png', `${props.fileName}-${figure.id}`, [figure], palette)],
              ['Save as SVG', () => void take('svg', `${props.fileName}-${figure.id}`, [figure], palette)],
              ...(props.onLarge ? ([[props.large ? 'Usual size' : 'Full width', props.onLarge]] as const) : []),
              ...(props.onHide ? ([['Fold away', props.onHide]] as const) : []),
            ]}
          />
        </div>
      </header>
      <Legend figure={figure} hover={hover} />
      <div
        class="plot"
        ref={target}
        tabIndex={0}
        role="img"
        aria-label={described(figure)}
        onKeyDown={(e) => keyed(e, figure, props.gestures, plot.current)}
      />
      {props.footer}
      {outside > 0 && <p class="hint">{outside === 1 ? 'One point lies' : `${count(outside)} points lie`} beyond this axis.</p>}
      {hidden > 0 && <p class="hint">{hidden === 1 ? 'One value is' : `${hidden} values are`} not above 0 and not shown on a logarithmic axis.</p>}
    </section>
  );
}

/** The curves with their values under the hover line, else their last ones. */
function Legend({ figure, hover }: { figure: Figure; hover: Hover }) {
  const [, redraw] = useState(0);
  useEffect(() => hover.listen(() => redraw((n) => n + 1)), [hover]);
  return (
    <ul class="legend">
      {figure.curves
        .filter((curve) => curve.silent !== true)
        .map((curve) => (
          <li key={curve.key}>
            <svg width="18" height="8" aria-hidden="true">
              <line x1="0" y1="4" x2="18" y2="4" stroke={curve.colour} stroke-width="2" stroke-dasharray={curve.dash?.join(' ') ?? ''} stroke-opacity={curve.opacity ?? 1} />
            </svg>
            <span class="name">{curve.label}</span> <span class="value">{read(curve, hover.x)}</span>
          </li>
        ))}
      <li class="at">{hover.x === null ? '' : figure.xKind === 'time' ? moment(hover.x) : `${figure.xLabel} ${figure.xLabel === 'step' ? count(hover.x) : number(hover.x, 7)}`}</li>
    </ul>
  );
}

function read(curve: Curve, x: number | null): string {
  const i = x === null ? curve.x.length - 1 : nearest(curve.x, x);
  if (i < 0) {
    return number(null);
  }
  const value = curve.y[i];
  const low = curve.low?.[i];
  const high = curve.high?.[i];
  const error = low !== undefined && high !== undefined && Number.isFinite(low) && Number.isFinite(high) ? (high - low) / 2 : undefined;
  return estimate(value, error === 0 ? undefined : error);
}

/** What a screen reader says of a chart. */
function described(figure: Figure): string {
  const axis = figure.xKind === 'time' ? '' : ` from ${number(figure.xRange[0])} to ${number(figure.xRange[1])}`;
  const curves = figure.curves.filter((curve) => curve.silent !== true).map((curve) => `${curve.label}: last value ${read(curve, null)}`);
  return `${figure.title} over ${figure.xLabel}${axis}. ${curves.join('; ')}. Arrow keys read values, plus and minus zoom, 0 shows all.`;
}

function keyed(e: KeyboardEvent, figure: Figure, gestures: Gestures, plot: Plot | null): void {
  const range = figure.xRange;
  const acts: Record<string, () => void> = {
    ArrowLeft: () => (e.shiftKey ? gestures.zoom(...panned(range, -0.1, figure.xLog)) : plot?.step(-4)),
    ArrowRight: () => (e.shiftKey ? gestures.zoom(...panned(range, 0.1, figure.xLog)) : plot?.step(4)),
    '+': () => gestures.zoom(...zoomed(range, 0.5, 0.5, figure.xLog)),
    '=': () => gestures.zoom(...zoomed(range, 0.5, 0.5, figure.xLog)),
    '-': () => gestures.zoom(...zoomed(range, 2, 0.5, figure.xLog)),
    '0': () => gestures.reset(),
  };
  const act = acts[e.key];
  if (act !== undefined && !e.ctrlKey && !e.metaKey && !e.altKey) {
    e.preventDefault();
    act();
  }
}
