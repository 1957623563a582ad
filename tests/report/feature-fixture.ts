import { quantile } from '../../src/math/stats.js';
import type { FeaturePageInput } from '../../src/report/feature/page.js';
import { AS_OF, sessionsUntil, uniforms } from './fixture.js';

/** Momentum of 391 made-up members over 500 sessions, with a gap and a young instrument; the same for the same seed. */
export function featurePageInput(seed = 7): FeaturePageInput {
  const next = uniforms(seed);
  const sessions = sessionsUntil(500);
  const normal = (): number => next() + next() + next() + next() + next() + next() - 3;
  let [level, own] = [0.1, 0.2];
  const [low, median, high, coverage, line] = Array.from({ length: 5 }, () => new Float64Array(500)) as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let t = 0; t < 500; t++) {
    level = 0.1 + 0.99 * (level - 0.1) + 0.009 * normal();
    own = 0.25 + 0.985 * (own - 0.25) + 0.022 * normal();
    [low[t], median[t], high[t]] = [level - 0.21 - 0.02 * next(), level, level + 0.28 + 0.02 * next()];
    coverage[t] = Math.min(1, 0.9 + t / 6000 + 0.01 * next());
    line[t] = t < 90 ? Number.NaN : own;
  }
  for (const values of [low, median, high]) values.fill(Number.NaN, 200, 206);
  coverage.fill(0, 200, 206);
  const members = Array.from({ length: 391 }, (_, i) => ({ symbol: `M${i}`, value: i % 60 === 0 ? Number.NaN : level + 0.2 * normal() + (i % 97 === 1 ? 1.6 : 0) }));
  const values = [...members, { symbol: 'ABER', value: line[499] }];
  const sorted = values.map(({ value }) => value).filter(Number.isFinite).sort((a, b) => a - b);
  [low, median, high].forEach((column, i) => (column[499] = quantile(sorted, [0.1, 0.5, 0.9][i])));
  coverage[499] = sorted.length / values.length;
  return {
    card: {
      name: 'momentum-12-1', family: 'momentum', describe: 'return from 252 to 21 sessions ago', formula: 'C[t−21] / C[t−252] − 1', unit: 'return',
      source: 'Jegadeesh and Titman (1993); the skipped month as in Asness, Moskowitz and Pedersen (2013)', lookback: 252, inputs: ['bars'],
    },
    availability: 'at the close of the session: it reads bars up to the session itself', sets: ['all', 'core', 'momentum'], asOf: AS_OF, sessions,
    quantiles: { low, median, high }, coverage, values,
    marked: ['ABER', 'M7', 'M8', 'M31', 'M60'], series: { symbol: 'ABER', values: line }, generatedBy: 'swinglab 0.1.0',
  };
}
