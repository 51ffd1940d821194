/** Rows that arrive while a list is being read wait at its door, so that what is being read stays where it is. */
export interface Held<T> {
  /** What is shown: the old rows as they are now, and what came behind them. */
  rows: readonly T[];
  /** How many new rows wait. */
  waiting: number;
}

/** Compares what is shown with what was read just now. An empty list has no reader, and takes everything. */
export function hold<T>(shown: ReadonlySet<string>, fresh: readonly T[], keyOf: (row: T) => string): Held<T> {
  const known = fresh.map((row) => shown.has(keyOf(row)));
  const last = known.lastIndexOf(true);
  if (last === -1) return { rows: fresh, waiting: 0 };
  const rows = fresh.filter((_, at) => known[at] || at > last);
  return { rows, waiting: fresh.length - rows.length };
}
