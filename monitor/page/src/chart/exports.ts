import { csv } from '../lib/csv';
import type { Palette } from '../lib/colours';
import { download } from '../lib/download';
import type { Figure } from './figure';
import { sheet } from './svg';

/** What a figure can be taken away as. */
export type Format = 'csv' | 'json' | 'png' | 'svg';

const WIDTH = 760;
const HEIGHT = 300;

/** Hands the reader exactly what these charts show. */
export async function take(format: Format, name: string, figures: readonly Figure[], palette: Palette): Promise<void> {
  const columns = figures.length > 3 ? 2 : 1;
  switch (format) {
    case 'csv':
      return download(`${name}.csv`, 'text/csv;charset=utf-8', table(figures));
    case 'json':
      return download(`${name}.json`, 'application/json', JSON.stringify(plain(figures), null, 1));
    case 'svg':
      return download(`${name}.svg`, 'image/svg+xml', sheet(figures, palette, WIDTH * columns, HEIGHT, columns));
    case 'png': {
      const height = Math.ceil(figures.length / columns) * HEIGHT;
      const picture = sheet(figures, palette, WIDTH * columns, HEIGHT, columns);
      return download(`${name}.png`, 'image/png', await png(picture, WIDTH * columns, height));
    }
  }
}

/** One line for each point: chart, curve, x, y, and the ends of its interval. Points beyond the shown range are left out. */
export function table(figures: readonly Figure[]): string {
  const rows: (string | number | undefined)[][] = [];
  for (const figure of figures) {
    for (const curve of figure.curves) {
      for (let i = 0; i < curve.x.length; i++) {
        const x = curve.x[i] as number;
        if (x >= figure.xRange[0] && x <= figure.xRange[1]) {
          rows.push([figure.id, curve.silent === true ? `${curve.key} (every point)` : curve.key, x, curve.y[i], curve.low?.[i], curve.high?.[i]]);
        }
      }
    }
  }
  const x = figures[0]?.xKind === 'time' ? 'time_ms' : (figures[0]?.xLabel.replace(' τ', '').replace(' ', '_') ?? 'x');
  return csv(['chart', 'curve', x, 'value', 'low', 'high'], rows);
}

function plain(figures: readonly Figure[]): unknown {
  return figures.map((figure) => ({
    chart: figure.id,
    title: figure.title,
    x: figure.xLabel,
    range: figure.xRange,
    regimes: figure.bands.map(({ label, from, to }) => ({ regime: label, from, to })),
    curves: figure.curves.map((curve) => ({
      field: curve.key,
      label: curve.label,
      x: Array.from(curve.x),
      y: Array.from(curve.y, finite),
      ...(curve.low === undefined || curve.low.length === 0 ? {} : { low: Array.from(curve.low, finite), high: Array.from(curve.high ?? [], finite) }),
    })),
  }));
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The picture at twice its size. */
async function png(picture: string, width: number, height: number): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture is too large for this browser.')) : resolve(blob)), 'image/png'));
}
