import { XNYS } from '../../src/core/calendar.js';
import { isoDate, toEpochDay } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import type { GraphInputs } from '../../src/graph/graph-inputs.js';

export interface WorldOptions {
  readonly seed: number;
  readonly symbols: number;
  readonly sessions: number;
  /** Share of returns that are missing. */
  readonly gaps?: number;
  /** Share of returns that are a thousand times too large. */
  readonly spikes?: number;
  /** Members come and go. */
  readonly changing?: boolean;
}

export const SECTORS = ['Energy', 'Financials', 'Utilities'];

/** Returns with a common and a sector movement, over real sessions that cross several quarters. */
export function world({ seed, symbols: count, sessions: width, gaps = 0, spikes = 0, changing = false }: WorldOptions): GraphInputs {
  const rng = createRng(seed);
  const symbols = Array.from({ length: count }, (_, i) => `S${String(i).padStart(3, '0')}`);
  const first = isoDate('2015-02-17');
  const sessions = Int32Array.from(XNYS.sessions(first, XNYS.shift(first, width - 1)), toEpochDay);
  const sectorOf = (row: number): number => row % SECTORS.length;
  const common = Float64Array.from({ length: width }, () => 0.01 * rng.normal());
  const ofSector = SECTORS.map(() => Float64Array.from({ length: width }, () => 0.01 * rng.normal()));
  const returns = new Float64Array(count * width);
  const member = new Uint8Array(count * width).fill(1);
  for (let row = 0; row < count; row++) {
    const joins = changing && rng.float() < 0.7 ? rng.integer(0, width - 1) : 0;
    const leaves = changing && rng.float() < 0.7 ? rng.integer(0, width - 1) : width;
    for (let t = 0; t < width; t++) {
      const at = row * width + t;
      returns[at] = common[t] + ofSector[sectorOf(row)][t] + 0.015 * rng.normal();
      if (rng.float() < spikes) returns[at] *= 10 ** rng.integer(1, 5);
      if (rng.float() < gaps) returns[at] = Number.NaN;
      if (t < joins || t >= leaves) member[at] = 0;
    }
  }
  return { symbols, sessions, returns, member, sectors: new Map(symbols.map((symbol, row) => [symbol, SECTORS[sectorOf(row)]])) };
}

/** The same inputs up to session (position) `end`, not including it. */
export function cut(inputs: GraphInputs, end: number): GraphInputs {
  const width = inputs.sessions.length;
  const rows = <Values extends Float64Array | Uint8Array>(values: Values): Values => {
    const copy = new (values.constructor as new (length: number) => Values)(inputs.symbols.length * end);
    inputs.symbols.forEach((_, row) => copy.set(values.subarray(row * width, row * width + end), row * end));
    return copy;
  };
  return {
    ...inputs, sessions: inputs.sessions.slice(0, end), returns: rows(inputs.returns),
    ...(inputs.member ? { member: rows(inputs.member) } : {}), ...(inputs.suspect ? { suspect: rows(inputs.suspect) } : {}),
  };
}

/** Correlation over the sessions that both have, from the definition. */
export function plainCorrelation(x: readonly number[], y: readonly number[]): number {
  const both = x.map((value, k) => [value, y[k]] as const).filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
  const mean = (of: 0 | 1): number => both.reduce((sum, pair) => sum + pair[of], 0) / both.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const sum = (of: (a: number, b: number) => number): number => both.reduce((total, [a, b]) => total + of(a - meanX, b - meanY), 0);
  return sum((a, b) => a * b) / Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
}

/** A node's window that ends at session (position) t. */
export function windowOf({ returns, sessions }: GraphInputs, row: number, t: number, window: number): number[] {
  return [...returns.subarray(row * sessions.length + t - window + 1, row * sessions.length + t + 1)];
}
