/** One run of a sweep with its value. */
export interface Sample {
  readonly id: string;
  readonly name: string;
  readonly row: number;
  readonly column: number;
  readonly value: number | null;
}

/** A cell of a heat map: the mean over its runs. */
export interface Cell {
  readonly value: number | null;
  /** From 0 to 1 between the least and the largest value of the map. */
  readonly share: number;
  readonly runs: readonly Sample[];
}

/** A heat map: rows and columns ascend. */
export interface Heat {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  readonly least: number;
  readonly most: number;
  readonly cells: readonly (readonly (Cell | null)[])[];
}

/** The samples as a map over their rows and columns. Runs of one cell differ in other things, such as the seed: their mean is shown. */
export function heat(samples: readonly Sample[]): Heat {
  const rows = ascending(samples.map((sample) => sample.row));
  const columns = ascending(samples.map((sample) => sample.column));
  const means = rows.map((row) =>
    columns.map((column) => {
      const runs = samples.filter((sample) => sample.row === row && sample.column === column);
      const known = runs.flatMap((sample) => (sample.value === null ? [] : [sample.value]));
      const value = known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
      return runs.length === 0 ? null : { value, runs };
    }),
  );
  const values = means.flat().flatMap((cell) => (cell === null || cell.value === null ? [] : [cell.value]));
  const least = Math.min(...values);
  const most = Math.max(...values);
  const cells = means.map((line) =>
    line.map((cell) => (cell === null ? null : { ...cell, share: cell.value === null || most === least ? 0.5 : (cell.value - least) / (most - least) })),
  );
  return { rows, columns, least, most, cells };
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
