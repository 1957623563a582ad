import { createRng } from '../../../src/core/rng.js';

export interface WalkColumns {
  readonly columns: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** Random walks of daily bars, [symbol, session]; with `holes` one bar in twenty is missing, and every third series ends early. */
export function walks(columns: number, sessions: number, { seed = 1, holes = false }: { seed?: number; holes?: boolean } = {}): WalkColumns {
  const rng = createRng(seed);
  const [open, high, low, close] = [0, 1, 2, 3].map(() => new Float64Array(columns * sessions));
  for (let row = 0; row < columns; row++) {
    const end = holes && row % 3 === 0 ? rng.integer(sessions >> 1, sessions) : sessions;
    let price = 50 + 50 * rng.float();
    for (let t = 0; t < sessions; t++) {
      const at = row * sessions + t;
      open[at] = price *= 1 + 0.01 * rng.normal();
      close[at] = price *= 1 + 0.01 * rng.normal();
      high[at] = Math.max(open[at], close[at]) * (1 + 0.005 * rng.float());
      low[at] = Math.min(open[at], close[at]) * (1 - 0.005 * rng.float());
      if (t >= end || (holes && rng.float() < 0.05)) for (const column of [open, high, low, close]) column[at] = Number.NaN;
    }
  }
  return { columns, open, high, low, close };
}

/** The bars of one instrument, or of its first sessions. */
export function alone({ open, high, low, close, columns }: WalkColumns, row: number, until?: number): WalkColumns {
  const sessions = close.length / columns;
  const of = (values: Float64Array): Float64Array => values.slice(row * sessions, row * sessions + (until ?? sessions));
  return { columns: 1, open: of(open), high: of(high), low: of(low), close: of(close) };
}
