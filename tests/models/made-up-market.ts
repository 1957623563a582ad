import { createRng } from '../../src/core/rng.js';
import { sharedFloat32, sharedFloat64, sharedInt32 } from '../../src/dataset/shared-array.js';
import type { Samples } from '../../src/dataset/samples.js';

export interface MarketOptions {
  readonly symbols?: number;
  readonly sessions?: number;
  readonly seed?: number;
  /** What the label gains from the lowest rank to the highest of each feature, in deviations of the rest. */
  readonly signal?: Readonly<Record<string, number>>;
  /** Share of feature values that are missing. */
  readonly missing?: number;
  readonly features?: readonly string[];
}

export const FEATURES = ['momentum-12-1', 'return-5', 'realized-volatility-63', 'volume-z-score-63', 'beta-252', 'gap'];

/** What the name of each baseline promises. */
export const PLANTED = { 'momentum-12-1': 1, 'return-5': -1, 'realized-volatility-63': -1, 'volume-z-score-63': 0.7 };

export const HORIZON = 5;
export const FIRST_DAY = 17_000;

/**
 * A made-up market as samples: independent uniform features, labels of the planted sum of their centred values plus normal
 * noise of deviation 1, returns the labels times a scale of their own. Labels of sessions do not overlap.
 */
export function madeUpMarket({ symbols = 40, sessions = 200, seed = 1, signal = PLANTED, missing = 0, features = FEATURES }: MarketOptions = {}): Samples {
  const rng = createRng(seed).fork('market');
  const length = symbols * sessions;
  const x = sharedFloat32(features.length * length);
  const [y, returns, scale] = [sharedFloat64(length), sharedFloat64(length), sharedFloat64(length)];
  const symbolRows = sharedInt32(length);
  for (let at = 0; at < length; at++) {
    let label = rng.normal();
    features.forEach((name, feature) => {
      const value = rng.float() - 0.5;
      x[feature * length + at] = value;
      label += (signal[name] ?? 0) * value;
    });
    y[at] = label;
    scale[at] = 0.02 + 0.03 * rng.float();
    returns[at] = label * scale[at];
    symbolRows[at] = at % symbols;
    if (missing > 0) features.forEach((_, feature) => rng.float() < missing && (x[feature * length + at] = Number.NaN));
  }
  return { features, length, x, y, returns, scale, symbolRows, sessions: Int32Array.from({ length: sessions }, (_, t) => FIRST_DAY + t), counts: new Int32Array(sessions).fill(symbols) };
}

/** Some of the samples, in the order of their positions; sessions that lose all are left out. */
export function pick(samples: Samples, positions: readonly number[]): Samples {
  const { features, length, x, y, returns, scale, symbolRows } = samples;
  const dayOf = days(samples);
  const pickedDays = positions.map((at) => dayOf[at]);
  const sessions = [...new Set(pickedDays)];
  const of = (values: Float64Array): Float64Array => Float64Array.from(positions, (at) => values[at]);
  const picked = new Float32Array(features.length * positions.length);
  features.forEach((_, feature) => positions.forEach((at, to) => (picked[feature * positions.length + to] = x[feature * length + at])));
  return {
    features,
    length: positions.length,
    x: picked,
    y: y && of(y), returns: returns && of(returns), scale: of(scale),
    symbolRows: Int32Array.from(positions, (at) => symbolRows[at]),
    sessions: Int32Array.from(sessions),
    counts: Int32Array.from(sessions, (day) => pickedDays.filter((other) => other === day).length),
  };
}

/** Epoch day of each sample. */
export function days({ sessions, counts }: Samples): number[] {
  return Array.from(sessions).flatMap((day, group) => new Array<number>(counts[group]).fill(day));
}

/** The sessions from position `first` to `end`, the latter not included. */
export function between(samples: Samples, first: number, end: number): Samples {
  const dayOf = days(samples);
  const [low, high] = [samples.sessions[first], samples.sessions[end - 1]];
  return pick(samples, [...dayOf.keys()].filter((at) => dayOf[at] >= low && dayOf[at] <= high));
}

/** The samples with changed feature values: `change(value, feature, sample)`. */
export function withFeatures(samples: Samples, change: (value: number, feature: number, sample: number) => number): Samples {
  const x = samples.x.slice();
  for (let at = 0; at < x.length; at++) x[at] = change(x[at], Math.floor(at / samples.length), at % samples.length);
  return { ...samples, x };
}

/** Labels, and the returns behind them, dealt anew among all samples. */
export function withShuffledLabels(samples: Samples, seed: number): Samples {
  const order = createRng(seed).fork('labels').shuffle([...new Array(samples.length).keys()]);
  const dealt = (values: Float64Array | null): Float64Array => Float64Array.from(order, (from) => values![from]);
  const y = dealt(samples.y);
  return { ...samples, y, returns: y.map((label, at) => label * samples.scale[at]) };
}
