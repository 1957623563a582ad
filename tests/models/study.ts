import { createRng, type Rng } from '../../src/core/rng.js';
import type { RankRegressionInput } from './rank-regression.js';
import { Panel } from '../../src/table/panel.js';

const SESSIONS_PER_YEAR = 252;
export const VOLATILITY = 0.3;

export interface StudyOptions {
  readonly symbols?: number;
  readonly sessions?: number;
  readonly horizon?: number;
  readonly seed?: number;
  /** Scaled return over the horizon from the lowest score to the highest. */
  readonly slope?: number;
  /** `names`: each name keeps its score; `sessions`: new scores every session. */
  readonly scores?: 'names' | 'sessions';
}

/**
 * Opens whose moves are normal with a known volatility, plus what their score earns: with scores that stay, a name of
 * rank r gains slope × r × (volatility over the horizon) in the horizon.
 */
export function study({ symbols = 40, sessions = 300, horizon = 5, seed = 1, slope = 0, scores = 'names' }: StudyOptions = {}): RankRegressionInput {
  const rng = createRng(seed).fork('study');
  const size = symbols * sessions;
  const [open, score] = [new Float64Array(size), new Float64Array(size)];
  const daily = VOLATILITY / Math.sqrt(SESSIONS_PER_YEAR);
  const drift = (slope * VOLATILITY * Math.sqrt(horizon / SESSIONS_PER_YEAR)) / horizon;
  for (let row = 0; row < symbols; row++) {
    const rank = row / (symbols - 1) - 0.5;
    let price = 100;
    for (let t = 0; t < sessions; t++) {
      const at = row * sessions + t;
      open[at] = price;
      score[at] = scores === 'names' ? rank : rng.float();
      price *= 1 + drift * rank + daily * rng.normal();
    }
  }
  return input(open, score, { symbols, sessions, horizon });
}

function input(open: Float64Array, score: Float64Array, { symbols, sessions, horizon }: { symbols: number; sessions: number; horizon: number }): RankRegressionInput {
  const axes = { symbols: Array.from({ length: symbols }, (_, row) => `S${row}`), sessions: Int32Array.from({ length: sessions }, (_, t) => 17_000 + t) };
  return {
    bars: new Panel({ ...axes, columns: { open } }),
    features: new Panel({ ...axes, columns: { score: Float32Array.from(score), volatility: new Float32Array(symbols * sessions).fill(VOLATILITY) } }),
    score: 'score',
    volatility: 'volatility',
    counts: () => true,
    index: sessions - 1,
    horizon,
  };
}

/** The same study with one column changed: `change(value, row, session)`. */
export function altered(given: RankRegressionInput, name: 'open' | 'score' | 'volatility', change: (value: number, row: number, session: number) => number): RankRegressionInput {
  const width = given.bars.sessions.length;
  const map = (values: ArrayLike<number>): Float64Array => Float64Array.from(values, (value, i) => change(value, Math.floor(i / width), i % width));
  return name === 'open' ? { ...given, bars: given.bars.with({ open: map(given.bars.column('open')) }) } : { ...given, features: given.features.with({ [name]: Float32Array.from(map(given.features.column(name))) }) };
}

/** The same study with the scores of each session dealt to its names anew. */
export function shuffled(given: RankRegressionInput, rng: Rng): RankRegressionInput {
  const { symbols, sessions } = given.bars;
  const orders = Array.from({ length: sessions.length }, () => rng.shuffle(symbols.map((_, row) => row)));
  const scores = given.features.column('score');
  return altered(given, 'score', (_, row, t) => scores[orders[t][row] * sessions.length + t]);
}
