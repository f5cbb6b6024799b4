import uPlot from 'uplot';
import type { Palette } from '../lib/colours';
import { nearest } from '../lib/nearest';
import type { Curve, Figure } from './figure';
import { yRange } from './figure';
import type { Hover } from './hover';
import { panned, zoomed } from './range';
import { ticks, timeTicks, type Tick } from './ticks';

/** What a reader does with a chart. */
export interface Gestures {
  zoom(from: number, to: number): void;
  zoomY(from: number, to: number): void;
  reset(): void;
  pick(x: number): void;
}

const FONT = '11px system-ui, sans-serif';

/** A figure on the screen. Colours and scales are fixed; data and ranges follow the figure. */
export class Plot {
  private readonly chart: uPlot;
  private figure: Figure;
  private down: { x: number; y: number } | null = null;

  constructor(
    figure: Figure,
    private readonly palette: Palette,
    private readonly hover: Hover,
    private readonly gestures: Gestures,
    target: HTMLElement,
    width: number,
    height: number,
    group: string,
  ) {
    this.figure = figure;
    this.chart = new uPlot(this.options(width, height, group), aligned(figure), target);
    const over = this.chart.over;
    over.addEventListener('mousedown', (e) => (this.down = { x: e.clientX, y: e.clientY }));
    over.addEventListener('click', (e) => {
      const still = this.down !== null && Math.hypot(e.clientX - this.down.x, e.clientY - this.down.y) < 4;
      if (still) {
        gestures.pick(this.chart.posToVal(e.clientX - over.getBoundingClientRect().left, 'x'));
      }
    });
    over.addEventListener('dblclick', () => gestures.reset());
    over.addEventListener('wheel', (e) => this.wheel(e), { passive: false });
  }

  /** Shows this figure, which has the same curves. */
  show(figure: Figure): void {
    this.figure = figure;
    this.chart.setData(aligned(figure), true);
  }

  resize(width: number, height: number): void {
    this.chart.setSize({ width, height });
  }

  /** Moves the hover line by this many pixels, for those without a pointer. */
  step(pixels: number): void {
    const { left } = this.chart.cursor;
    const width = this.chart.over.clientWidth;
    const at = left === undefined || left < 0 ? width / 2 : Math.min(Math.max(left + pixels, 0), width);
    this.chart.setCursor({ left: at, top: this.chart.over.clientHeight / 2 });
    this.hover.set(this.chart.posToVal(at, 'x'));
  }

  destroy(): void {
    this.chart.destroy();
  }

  private options(width: number, height: number, group: string): uPlot.Options {
    const { figure, palette } = this;
    const split = (which: 'x' | 'y') => (_: uPlot, __: number, low: number, high: number) => this.ticks(which, low, high).map((tick) => tick.at);
    const values = (which: 'x' | 'y') => (u: uPlot, splits: number[]) => {
      const scale = u.scales[which];
      const named = new Map(this.ticks(which, scale?.min ?? 0, scale?.max ?? 1).map((tick) => [tick.at, tick.text]));
      return splits.map((at) => named.get(at) ?? '');
    };
    const axis = { stroke: palette.muted, font: FONT, grid: { stroke: palette.grid, width: 1 }, ticks: { stroke: palette.grid, size: 4, width: 1 } };
    return {
      width,
      height,
      padding: [6, 12, 0, 0],
      legend: { show: false },
      scales: {
        x: { time: false, distr: figure.xLog ? 3 : 1, range: () => [this.figure.xRange[0], this.figure.xRange[1]] },
        y: { distr: figure.yLog ? 3 : 1, range: () => yRange(this.figure) },
      },
      axes: [
        { ...axis, scale: 'x', size: 26, splits: split('x'), values: values('x'), filter: (_, splits) => splits },
        { ...axis, scale: 'y', size: 58, splits: split('y'), values: values('y'), filter: (_, splits) => splits },
      ],
      series: [{}, ...figure.curves.map((curve) => line(curve, palette))],
      cursor: {
        drag: { x: true, y: true, uni: 24, dist: 6, setScale: false },
        sync: { key: group, setSeries: false, scales: ['x', null] },
        points: { size: 6, width: 1 },
        dataIdx: (u, series, index, x) => this.closest(u, series, index, x),
        bind: { dblclick: () => null, mousedown: (_, __, handler) => (e) => (e.shiftKey ? this.pan(e) : handler(e)) },
      },
      hooks: {
        drawClear: [(u) => this.background(u)],
        draw: [(u) => this.foreground(u)],
        setSelect: [(u) => this.selected(u)],
        setCursor: [(u) => this.pointed(u)],
      },
    };
  }

  /** With the control key the wheel zooms about the pointer; without it the page scrolls. */
  private wheel(e: WheelEvent): void {
    if (e.ctrlKey || e.metaKey) {
      e.preventDefault();
      const share = (e.clientX - this.chart.over.getBoundingClientRect().left) / this.chart.over.clientWidth;
      this.gestures.zoom(...zoomed(this.figure.xRange, Math.exp(e.deltaY * 0.002), share, this.figure.xLog));
    }
  }

  /** With the shift key a drag moves what is shown. */
  private pan(begin: MouseEvent): null {
    const range = this.figure.xRange;
    const width = this.chart.over.clientWidth;
    const move = (e: MouseEvent) => this.gestures.zoom(...panned(range, (begin.clientX - e.clientX) / width, this.figure.xLog));
    const up = () => {
      document.removeEventListener('mousemove', move);
      document.removeEventListener('mouseup', up);
    };
    document.addEventListener('mousemove', move);
    document.addEventListener('mouseup', up);
    return null;
  }

  private ticks(which: 'x' | 'y', low: number, high: number): Tick[] {
    const { figure, chart } = this;
    if (which === 'y') {
      return ticks(low, high, Math.max(2, (chart?.height ?? 180) / 38), figure.yLog);
    }
    const wanted = Math.max(2, (chart?.width ?? 500) / 95);
    return figure.xKind === 'time' ? timeTicks(low, high, wanted) : ticks(low, high, wanted, figure.xLog);
  }

  /** Each curve has its own points: the hover line shows the one next to it. */
  private closest(u: uPlot, series: number, index: number, x: number): number {
    const curve = this.figure.curves[series - 1];
    const xs = u.data[0];
    if (curve === undefined || curve.x.length === 0 || xs === undefined) {
      return index;
    }
    const at = curve.x[nearest(curve.x, x)] as number;
    return Math.max(0, nearest(xs, at));
  }

  private selected(u: uPlot): void {
    const { left, top, width, height } = u.select;
    if (width <= 0 && height <= 0) {
      return;
    }
    const wide = width >= u.over.clientWidth - 1;
    const tall = height >= u.over.clientHeight - 1;
    u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    if (!tall && height > 4) {
      this.gestures.zoomY(u.posToVal(top + height, 'y'), u.posToVal(top, 'y'));
    }
    if (!wide && width > 4) {
      this.gestures.zoom(u.posToVal(left, 'x'), u.posToVal(left + width, 'x'));
    }
  }

  private pointed(u: uPlot): void {
    const left = u.cursor.left ?? -1;
    if (u.cursor.event !== undefined && u.cursor.event !== null) {
      this.hover.set(left < 0 ? null : u.posToVal(left, 'x'));
    }
  }

  private background(u: uPlot): void {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const band of this.figure.bands) {
      const low = this.figure.xRange[0];
      const from = u.valToPos(Math.max(band.from, low), 'x', true);
      const to = u.valToPos(Math.max(Math.min(band.to, this.figure.xRange[1]), low), 'x', true);
      ctx.fillStyle = band.colour;
      ctx.fillRect(from, bbox.top, to - from, bbox.height);
    }
    ctx.restore();
  }

  private foreground(u: uPlot): void {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.beginPath();
    ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
    ctx.clip();
    for (const curve of this.figure.curves) {
      this.ribbon(u, curve);
    }
    ctx.strokeStyle = this.palette.muted;
    ctx.lineWidth = devicePixelRatio;
    for (const level of this.figure.levels) {
      if (!this.figure.yLog || level.at > 0) {
        ctx.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
        const y = u.valToPos(level.at, 'y', true);
        this.stroke(u, bbox.left, y, bbox.left + bbox.width, y);
      }
    }
    ctx.setLineDash([2 * devicePixelRatio, 2 * devicePixelRatio]);
    for (const mark of this.figure.marks) {
      if (this.figure.xLog && mark.at <= 0) {
        continue;
      }
      const x = u.valToPos(mark.at, 'x', true);
      this.stroke(u, x, bbox.top, x, bbox.top + bbox.height);
      if (mark.high > mark.low) {
        const from = u.valToPos(Math.max(mark.low, this.figure.xRange[0]), 'x', true);
        const to = u.valToPos(mark.high, 'x', true);
        ctx.fillStyle = this.palette.grid;
        ctx.fillRect(from, bbox.top, Math.max(to - from, 1), bbox.height);
      }
    }
    ctx.restore();
  }

  private stroke(u: uPlot, x0: number, y0: number, x1: number, y1: number): void {
    u.ctx.beginPath();
    u.ctx.moveTo(x0, y0);
    u.ctx.lineTo(x1, y1);
    u.ctx.stroke();
  }

  private ribbon(u: uPlot, curve: Curve): void {
    if (curve.low === undefined || curve.high === undefined) {
      return;
    }
    const path = new Path2D();
    const back: [number, number][] = [];
    let begun = false;
    for (let i = 0; i < curve.x.length; i++) {
      const low = curve.low[i] ?? NaN;
      const high = curve.high[i] ?? NaN;
      if (Number.isFinite(low) && Number.isFinite(high) && !(this.figure.yLog && low <= 0)) {
        const x = u.valToPos(curve.x[i] as number, 'x', true);
        path[begun ? 'lineTo' : 'moveTo'](x, u.valToPos(high, 'y', true));
        back.unshift([x, u.valToPos(low, 'y', true)]);
        begun = true;
      }
    }
    back.forEach(([x, y]) => path.lineTo(x, y));
    path.closePath();
    u.ctx.fillStyle = curve.colour;
    u.ctx.globalAlpha = 0.18;
    u.ctx.fill(path);
    u.ctx.globalAlpha = 1;
  }
}

/** What has to be the same for a plot to go on with another figure. */
export function structure(figure: Figure): string {
  const curves = figure.curves.map((c) => `${c.key} ${c.colour} ${c.dash} ${c.width} ${c.points} ${c.opacity} ${sparse(c)}`);
  return [figure.id, figure.xLog, figure.yLog, figure.xKind, ...curves].join('|');
}

function line(curve: Curve, palette: Palette): uPlot.Series {
  const dotted = curve.points === true;
  const colour = curve.opacity === undefined ? curve.colour : curve.colour + alpha(curve.opacity);
  const options: uPlot.Series = {
    label: curve.label,
    scale: 'y',
    stroke: colour,
    width: dotted ? 0 : (curve.width ?? 1.3),
    points: { show: dotted || sparse(curve), size: dotted ? 3.5 : 4, fill: dotted ? colour : palette.background, width: dotted ? 0 : 1 },
  };
  if (dotted) {
    options.paths = () => null;
  }
  if (curve.dash !== undefined && curve.dash.length > 0) {
    options.dash = [...curve.dash];
  }
  return options;
}

/** Few enough points to show each of them. */
function sparse(curve: Curve): boolean {
  return curve.x.length <= 40 && curve.silent !== true;
}

function alpha(share: number): string {
  return Math.round(share * 255).toString(16).padStart(2, '0');
}

function aligned(figure: Figure): uPlot.AlignedData {
  const tables = figure.curves.map((curve): uPlot.AlignedData => {
    const x: number[] = [];
    const y: (number | null)[] = [];
    for (let i = 0; i < curve.x.length; i++) {
      const at = curve.x[i] as number;
      if (figure.xLog && at <= 0) {
        continue;
      }
      const value = curve.y[i] as number;
      const before = x[x.length - 1];
      // Two values at one place would become one, and that may be the spike.
      x.push(before !== undefined && at <= before ? before + Math.max(Math.abs(before) * 4e-16, Number.MIN_VALUE) : at);
      y.push(!Number.isFinite(value) || (figure.yLog && value <= 0) ? null : value);
    }
    return [x, y];
  });
  return tables.length === 0 ? [[]] : uPlot.join(tables);
}
