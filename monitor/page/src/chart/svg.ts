import type { Palette } from '../lib/colours';
import { number } from '../lib/format';
import type { Curve, Figure } from './figure';
import { yRange } from './figure';
import { ticks, timeTicks, type Tick } from './ticks';

/** Room for the axes about the plot, in pixels. */
const MARGIN = { top: 46, right: 14, bottom: 38, left: 62 };

/** The figure as a document of its own, to be read without any other file. */
export function svg(figure: Figure, palette: Palette, width: number, height: number): string {
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" ` +
    `font-family="system-ui, sans-serif" font-size="11">${body(figure, palette, width, height)}</svg>`
  );
}

/** Several figures below each other. */
export function sheet(figures: readonly Figure[], palette: Palette, width: number, height: number, columns = 1): string {
  const rows = Math.ceil(figures.length / columns);
  const cell = width / columns;
  const parts = figures.map((figure, i) => {
    const place = `translate(${(i % columns) * cell} ${Math.floor(i / columns) * height})`;
    return `<g transform="${place}">${body(figure, palette, cell, height)}</g>`;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${rows * height}" viewBox="0 0 ${width} ${rows * height}" ` +
    `font-family="system-ui, sans-serif" font-size="11">` +
    `<rect width="${width}" height="${rows * height}" fill="${palette.background}"/>${parts.join('')}</svg>`
  );
}

function body(figure: Figure, palette: Palette, width: number, height: number): string {
  const left = MARGIN.left;
  const right = width - MARGIN.right;
  const top = MARGIN.top;
  const bottom = height - MARGIN.bottom;
  const [yLow, yHigh] = yRange(figure);
  const [xLow, xHigh] = figure.xRange;
  const xAt = position(xLow, xHigh, left, right, figure.xLog);
  const yAt = position(yLow, yHigh, bottom, top, figure.yLog);
  const clip = `clip-${figure.id.replace(/[^a-z0-9]/gi, '-')}`;
  const parts: string[] = [
    `<rect width="${width}" height="${height}" fill="${palette.background}"/>`,
    `<text x="${left}" y="15" font-size="13" font-weight="600" fill="${palette.ink}">${escaped(figure.title)}</text>`,
    legend(figure.curves, palette, left),
    `<clipPath id="${clip}"><rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/></clipPath>`,
    `<g clip-path="url(#${clip})">`,
  ];
  for (const band of figure.bands) {
    const from = Math.max(xAt(Math.max(band.from, figure.xLog ? xLow : band.from)), left);
    const to = Math.min(xAt(band.to), right);
    if (to > from) {
      parts.push(`<rect x="${short(from)}" y="${top}" width="${short(to - from)}" height="${bottom - top}" ${fill(band.colour)}><title>${escaped(band.label)}</title></rect>`);
    }
  }
  const xTicks = figure.xKind === 'time' ? timeTicks(xLow, xHigh, 6) : ticks(xLow, xHigh, 7, figure.xLog);
  const yTicks = ticks(yLow, yHigh, 5, figure.yLog);
  for (const tick of yTicks) {
    parts.push(`<path d="M${left} ${short(yAt(tick.at))}H${right}" stroke="${palette.muted}" stroke-opacity=".18"/>`);
  }
  for (const level of figure.levels) {
    parts.push(`<path d="M${left} ${short(yAt(level.at))}H${right}" stroke="${palette.muted}" stroke-dasharray="4 3"/>`);
  }
  for (const mark of figure.marks) {
    parts.push(`<path d="M${short(xAt(mark.at))} ${top}V${bottom}" stroke="${palette.muted}" stroke-dasharray="2 2"><title>${escaped(mark.label)}</title></path>`);
  }
  for (const curve of figure.curves) {
    parts.push(drawn(curve, figure, xAt, yAt));
  }
  parts.push('</g>');
  parts.push(`<path d="M${left} ${top}V${bottom}H${right}" fill="none" stroke="${palette.muted}"/>`);
  parts.push(xTicks.map((tick) => text(tick, short(xAt(tick.at)), bottom + 15, 'middle', palette)).join(''));
  parts.push(yTicks.map((tick) => text(tick, left - 6, yAt(tick.at) + 4, 'end', palette)).join(''));
  parts.push(`<text x="${(left + right) / 2}" y="${height - 6}" text-anchor="middle" fill="${palette.muted}">${escaped(figure.xLabel)}</text>`);
  return parts.join('');
}

function drawn(curve: Curve, figure: Figure, xAt: (x: number) => number, yAt: (y: number) => number): string {
  const shown = (i: number) => {
    const x = curve.x[i] as number;
    const y = curve.y[i] as number;
    return Number.isFinite(y) && !(figure.yLog && y <= 0) && !(figure.xLog && x <= 0);
  };
  const parts: string[] = [];
  if (curve.low !== undefined && curve.high !== undefined) {
    parts.push(ribbon(curve, figure, xAt, yAt));
  }
  if (curve.points === true) {
    for (let i = 0; i < curve.x.length; i++) {
      if (shown(i)) {
        parts.push(`<circle cx="${short(xAt(curve.x[i] as number))}" cy="${short(yAt(curve.y[i] as number))}" r="${curve.width ?? 1.8}" fill="${curve.colour}"/>`);
      }
    }
    return parts.join('');
  }
  let path = '';
  let pen = false;
  for (let i = 0; i < curve.x.length; i++) {
    if (shown(i)) {
      path += `${pen ? 'L' : 'M'}${short(xAt(curve.x[i] as number))} ${short(yAt(curve.y[i] as number))}`;
      pen = true;
    } else {
      pen = false;
    }
  }
  const dash = curve.dash !== undefined && curve.dash.length > 0 ? ` stroke-dasharray="${curve.dash.join(' ')}"` : '';
  const pale = curve.opacity === undefined ? '' : ` stroke-opacity="${curve.opacity}"`;
  parts.push(`<path d="${path}" fill="none" stroke="${curve.colour}" stroke-width="${curve.width ?? 1.3}" stroke-linejoin="round"${dash}${pale}/>`);
  return parts.join('');
}

function ribbon(curve: Curve, figure: Figure, xAt: (x: number) => number, yAt: (y: number) => number): string {
  const upper: string[] = [];
  const lower: string[] = [];
  for (let i = 0; i < curve.x.length; i++) {
    const low = curve.low?.[i] ?? NaN;
    const high = curve.high?.[i] ?? NaN;
    if (Number.isFinite(low) && Number.isFinite(high) && !(figure.yLog && low <= 0)) {
      const x = short(xAt(curve.x[i] as number));
      upper.push(`${x} ${short(yAt(high))}`);
      lower.unshift(`${x} ${short(yAt(low))}`);
    }
  }
  return upper.length === 0 ? '' : `<path d="M${[...upper, ...lower].join('L')}Z" fill="${curve.colour}" fill-opacity=".18"/>`;
}

function legend(curves: readonly Curve[], palette: Palette, left: number): string {
  let x = left;
  return curves
    .filter((curve) => curve.silent !== true)
    .map((curve) => {
      const at = x;
      x += 30 + curve.label.length * 6.2;
      const dash = curve.dash !== undefined && curve.dash.length > 0 ? ` stroke-dasharray="${curve.dash.join(' ')}"` : '';
      return `<path d="M${at} 29h16" stroke="${curve.colour}" stroke-width="2"${dash}/><text x="${at + 20}" y="33" fill="${palette.muted}">${escaped(curve.label)}</text>`;
    })
    .join('');
}

function text(tick: Tick, x: number, y: number, anchor: string, palette: Palette): string {
  return tick.text === '' ? '' : `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}" fill="${palette.muted}">${escaped(tick.text)}</text>`;
}

function position(low: number, high: number, start: number, end: number, log: boolean): (value: number) => number {
  const scale = log ? Math.log : (value: number) => value;
  const from = scale(low);
  const span = scale(high) - from || 1;
  return (value) => start + ((scale(value) - from) / span) * (end - start);
}

/** A colour with an alpha of two digits as attributes that every reader of SVG knows. */
function fill(colour: string): string {
  const alpha = colour.length === 9 ? parseInt(colour.slice(7), 16) / 255 : 1;
  return `fill="${colour.slice(0, 7)}" fill-opacity="${number(alpha, 2)}"`;
}

function short(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A text as XML has it. */
export function escaped(value: string): string {
  return value
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
