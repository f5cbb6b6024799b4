const WIDTH = 96;
const HEIGHT = 22;

/** The stability ratio over the run, small, with the edge as a line. */
export function Sparkline({ values }: { values: readonly number[] }) {
  if (values.length < 2) {
    return null;
  }
  // Sharp starts and catapults would press all else flat.
  const top = Math.min(Math.max(1.25, ...values), 2);
  const y = (value: number) => HEIGHT - 1 - (Math.min(Math.max(value, 0), top) / top) * (HEIGHT - 2);
  const points = values.map((value, i) => `${((i / (values.length - 1)) * WIDTH).toFixed(1)},${y(value).toFixed(1)}`).join(' ');
  return (
    <svg class="sparkline" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={`stability ratio from ${values[0]?.toFixed(2)} to ${values[values.length - 1]?.toFixed(2)}`}>
      <line x1="0" x2={WIDTH} y1={y(1)} y2={y(1)} class="edge" />
      <polyline points={points} />
    </svg>
  );
}
