import { fromEpochDay, Panel, type Scores, type Universe } from '../../dist/index.js';

/** Who is a member with a bar on a session: only they are bought. [symbol, session] */
export function tradable(bars: Panel, universe: Universe): Uint8Array {
  const width = bars.sessions.length;
  const close = bars.column('close');
  const mask = new Uint8Array(bars.symbols.length * width);
  for (let t = 0; t < width; t++) {
    for (const symbol of universe.membersAt(fromEpochDay(bars.sessions[t]))) {
      if (!bars.hasSymbol(symbol)) continue;
      const at = bars.row(symbol) * width + t;
      if (close[at] > 0) mask[at] = 1;
    }
  }
  return mask;
}

/** What portfolios are made over. */
export interface Market {
  readonly bars: Panel;
  /** Of `tradable`. */
  readonly mask: Uint8Array;
  /** Position of the first session that decides. */
  readonly from: number;
}

/** A score of each name on each session, known at its close; NaN: not to be bought. [symbol, session] */
export type ScoreMatrix = Float64Array;

export interface SleevesOptions {
  /** Names bought each session. */
  readonly top: number;
  /** Sessions that each purchase is held; every session one part in so many of the book is bought anew. */
  readonly hold: number;
  /** Sessions that scores are the mean of. */
  readonly smooth: number;
}

/**
 * Weights of overlapping sleeves (Jegadeesh and Titman, 1993): on each session the best names, alike, are bought with 1/hold of the book.
 */
export function sleeves({ bars, mask, from }: Market, scores: ScoreMatrix, { top, hold, smooth }: SleevesOptions): Panel {
  const [names, width] = [bars.symbols.length, bars.sessions.length];
  const weight = new Float64Array(names * width).fill(Number.NaN);
  const picks: Int32Array[] = [];
  for (let t = from; t < width; t++) {
    const smoothed = Float64Array.from({ length: names }, (_, row) => (mask[row * width + t] === 1 ? meanBefore(scores, row * width + t, Math.min(smooth, t - from + 1)) : Number.NaN));
    picks.push(best(smoothed, top));
    const recent = picks.slice(-hold);
    for (let row = 0; row < names; row++) weight[row * width + t] = 0;
    for (const pick of recent) for (const row of pick) weight[row * width + t] += 1 / (hold * pick.length);
  }
  return new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns: { weight } });
}

/** Weights that are the same for the names chosen on every `every`-th session and left alone between. */
export function rebalanced({ bars, mask, from }: Market, scores: ScoreMatrix, { top, every }: { readonly top: number; readonly every: number }): Panel {
  const [names, width] = [bars.symbols.length, bars.sessions.length];
  const weight = new Float64Array(names * width).fill(Number.NaN);
  for (let t = from; t < width; t += every) {
    const pick = best(Float64Array.from({ length: names }, (_, row) => (mask[row * width + t] === 1 ? scores[row * width + t] : Number.NaN)), top);
    for (let row = 0; row < names; row++) weight[row * width + t] = 0;
    for (const row of pick) weight[row * width + t] = 1 / pick.length;
  }
  return new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns: { weight } });
}

function meanBefore(scores: ScoreMatrix, at: number, count: number): number {
  let [sum, known] = [0, 0];
  for (let back = 0; back < count; back++) {
    const value = scores[at - back];
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return known === 0 || Number.isNaN(scores[at]) ? Number.NaN : sum / known;
}

/** Rows of the highest scores; of equals the first. */
function best(scores: Float64Array, count: number): Int32Array {
  const rows = [...scores.keys()].filter((row) => !Number.isNaN(scores[row]));
  return Int32Array.from(rows.sort((a, b) => scores[b] - scores[a] || a - b).slice(0, count));
}

/** Scores over the axes of bars, each as its centred rank within the session, so that sessions can be averaged. */
export function rankedScores({ panel }: Scores, bars: Panel): ScoreMatrix {
  const width = bars.sessions.length;
  const matrix = new Float64Array(bars.symbols.length * width).fill(Number.NaN);
  const score = panel.column('score');
  const offset = panel.sessions.indexOf(bars.sessions[0]);
  if (offset < 0) throw new Error('expected scores over the sessions of the bars, found others');
  for (let t = 0; t < width; t++) {
    const known = bars.symbols.flatMap((symbol, row) => (panel.hasSymbol(symbol) && !Number.isNaN(score[panel.row(symbol) * panel.sessions.length + offset + t]) ? [{ row, value: score[panel.row(symbol) * panel.sessions.length + offset + t] }] : []));
    known.sort((a, b) => a.value - b.value || a.row - b.row).forEach(({ row }, rank) => (matrix[row * width + t] = (rank + 0.5) / known.length - 0.5));
  }
  return matrix;
}
