import { createRng } from '../../src/core/rng.js';
import type { ScoreEvaluationInput } from '../../src/evaluation/evaluate-scores.js';
import { Panel } from '../../src/table/panel.js';

/** Settings of a made-up market. */
export interface WorldOptions {
  readonly seed?: number;
  readonly symbols?: number;
  readonly sessions?: number;
  readonly horizon?: number;
  /** Part of each session's noise that scores foresee, as correlation with the return of one session. */
  readonly skill?: number;
  /** Share of scores and labels that are missing. */
  readonly missing?: number;
}

export const SECTORS = ['Energy', 'Financials', 'Health Care', 'Materials'];

/** First session of the made-up market: 3 January 2011. */
const START = 14977;

/**
 * A market of independent one-session returns, held `horizon` sessions: labels of neighbouring sessions overlap. Scores
 * know a part of the return of the session to come, and nothing of the later ones.
 */
export function evaluationWorld({ seed = 1, symbols = 40, sessions = 300, horizon = 5, skill = 0.3, missing = 0.05 }: WorldOptions = {}): ScoreEvaluationInput {
  const rng = createRng(seed);
  const names = Array.from({ length: symbols }, (_, row) => `S${String(row).padStart(3, '0')}`);
  const days = weekdays(sessions);
  const width = sessions + 40;
  const daily = Float64Array.from({ length: symbols * width }, () => 0.02 * rng.normal());
  const held = (over: number): Float64Array => table(symbols, sessions, (row, t) => product(daily, row * width + t, over) - 1);
  const score = table(symbols, sessions, (row, t) => (rng.float() < missing ? Number.NaN : (skill * daily[row * width + t]) / 0.02 + Math.sqrt(1 - skill ** 2) * rng.normal()));
  const returns = held(horizon).map((value) => (rng.float() < missing ? Number.NaN : value));
  const half = 1.2816 * 0.02 * Math.sqrt(horizon);
  return {
    scores: new Panel({ symbols: names, sessions: days, columns: { score, low: score.map((value) => value * 0 - half), high: score.map((value) => value * 0 + half) } }),
    label: returns, returns, horizon, nominal: 0.8, rng: rng.fork('bootstrap'),
    sectors: new Map(names.map((name, row) => [name, SECTORS[row % SECTORS.length]])),
    decay: [1, 2, 3, 5, 10, 20].map((over) => ({ horizon: over, label: held(over) })),
  };
}

function weekdays(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, t) => START + 7 * Math.floor(t / 5) + (t % 5));
}

function table(symbols: number, sessions: number, value: (row: number, t: number) => number): Float64Array {
  return Float64Array.from({ length: symbols * sessions }, (_, i) => value(Math.floor(i / sessions), i % sessions));
}

function product(daily: Float64Array, start: number, over: number): number {
  let grown = 1;
  for (let k = 0; k < over; k++) grown *= 1 + daily[start + k];
  return grown;
}
