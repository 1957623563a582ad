import { Ranker, type Ranking } from '../evaluation/ranker.js';
import { Panel, type ColumnValues } from '../table/panel.js';
import type { Labels } from './labels/labels.js';
import { requireSameAxes } from './same-axes.js';

/** Sessions that are turned at a time: reading and writing them one by one would miss the cache at every value. */
const BLOCK = 32;

/**
 * Every column as centred ranks among the instruments that count on a session, (rank − ½) / n − ½ in (−½, ½), Float32; NaN where
 * a value is missing or an instrument does not count.
 *
 * The same as `rankScaler` on samples of all that count, for a whole panel at once: models that are fitted again and again on
 * its sessions need not rank them again and again. The ranks of a session depend on that session only.
 * @param options except: columns that stay as they are, such as codes of classes
 * @throws InvariantError when the labels have other axes
 */
export function rankWithinSessions(panel: Panel, { panel: axes, counts }: Pick<Labels, 'panel' | 'counts'>, { except = [] }: { readonly except?: readonly string[] } = {}): Panel {
  requireSameAxes(panel, axes);
  const size = { symbols: panel.symbols.length, sessions: panel.sessions.length };
  const ranker = new SessionRanker(size.symbols);
  const columns = Object.fromEntries(panel.columnNames.map((name) => [name, except.includes(name) ? panel.column(name) : rankColumn(panel.column(name), counts, ranker, size)]));
  return new Panel({ symbols: panel.symbols, sessions: panel.sessions, columns });
}

interface Size {
  readonly symbols: number;
  readonly sessions: number;
}

function rankColumn(values: ColumnValues, counts: Uint8Array, ranker: SessionRanker, { symbols, sessions }: Size): Float32Array {
  const ranked = new Float32Array(values.length);
  const block = new Float64Array(symbols * BLOCK); // [session, symbol]
  for (let first = 0; first < sessions; first += BLOCK) {
    const length = Math.min(BLOCK, sessions - first);
    for (let row = 0; row < symbols; row++) {
      const start = row * sessions + first;
      for (let i = 0; i < length; i++) block[i * symbols + row] = counts[start + i] === 1 ? values[start + i] : Number.NaN;
    }
    for (let i = 0; i < length; i++) ranker.rank(block.subarray(i * symbols, (i + 1) * symbols));
    for (let row = 0; row < symbols; row++) {
      const start = row * sessions + first;
      for (let i = 0; i < length; i++) ranked[start + i] = block[i * symbols + row];
    }
  }
  return ranked;
}

/** Ranks one session after another on arrays that it keeps. */
class SessionRanker {
  readonly #ranker: Ranker;
  readonly #ranking: Ranking;

  constructor(symbols: number) {
    this.#ranker = new Ranker(symbols);
    this.#ranking = this.#ranker.rank(new Float64Array(symbols));
  }

  /** Values become their centred ranks, in place; NaN stays NaN. */
  rank(values: Float64Array): void {
    const { count, ranks } = this.#ranker.rank(values, this.#ranking);
    for (let i = 0; i < values.length; i++) values[i] = (ranks[i] - 0.5) / count - 0.5;
  }
}
