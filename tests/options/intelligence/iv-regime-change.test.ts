import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { ivRegimeChange } from '../../../src/options/intelligence/iv-regime-change.js';
import { ivRegimes } from '../../../src/options/intelligence/iv-regimes.js';
import type { DetectedSignal } from '../../../src/options/intelligence/signal.js';
import { madeHistory } from './made-history.js';

const COUNT = 330;

/** Volatility at 15 % or 30 % with noise; it changes at the positions told. */
function switching(seed: number, switches: readonly number[], noise = 0.06): number[] {
  const rng = createRng(seed);
  return Array.from({ length: COUNT }, (_, t) => (switches.filter((at) => at <= t).length % 2 === 0 ? 0.15 : 0.3) * Math.exp(noise * rng.normal()));
}

/** What is signalled at each session from the 60th on, by position. */
function changes(volatility: readonly number[]): Map<number, DetectedSignal> {
  const history = madeHistory({ sessions: volatility.length, columns: { volatility30: (t) => volatility[t] } });
  const found = new Map<number, DetectedSignal>();
  for (let t = 60; t < volatility.length; t++) for (const one of ivRegimeChange.detect(history.at(t))) found.set(t, one);
  return found;
}

const SWITCHES = [40, 90, 150, 200, 260, 300];

describe('changes of regime', () => {
  it('are signalled within three sessions of planted ones, in their direction, and hardly ever otherwise', () => {
    let [met, late, stray] = [0, 0, 0];
    for (const seed of [1, 2, 3, 4]) {
      const found = changes(switching(seed, SWITCHES));
      // each from the second on: of the first there is no other state to know of
      const rises = new Map(SWITCHES.map((at, i) => [at, i % 2 === 0]));
      for (const [t, { direction }] of found) {
        const at = SWITCHES.find((one) => t >= one && t <= one + 3);
        if (at === undefined) stray++;
        else if (direction === (rises.get(at) ? 'volatile' : 'neutral')) met++;
      }
      late += SWITCHES.slice(1).filter((at) => ![0, 1, 2, 3].some((lag) => found.has(at + lag))).length;
    }
    expect({ late, stray }).toEqual({ late: 0, stray: expect.toSatisfy((count: number) => count <= 2) });
    expect(met).toBeGreaterThanOrEqual(20);
  });

  it('are none where volatility is one state with noise', () => {
    const rng = createRng(9);
    expect([1, 2, 3].map(() => changes(Array.from({ length: 252 }, () => 0.2 * Math.exp(0.06 * rng.normal()))).size)).toEqual([0, 0, 0]);
  });

  // the null that matters: a volatility that wanders without regimes is taken for changing ones about as often as this
  it('are claimed a few times a year of a volatility that wanders without any', () => {
    const counts = [1, 2, 3, 4].map((seed) => {
      const rng = createRng(seed);
      let level = 0;
      return changes(Array.from({ length: COUNT }, () => 0.2 * Math.exp((level = 0.97 * level + 0.05 * rng.normal())))).size;
    });
    const aYear = (counts.reduce((sum, count) => sum + count, 0) / counts.length / (COUNT - 60)) * 252;
    expect(aYear).toBeGreaterThan(0);
    expect(aYear).toBeLessThan(25);
  });
});

describe('regimes of a view', () => {
  it('are fitted once a week, to what was known before the week, and shared by its views', () => {
    const volatility = switching(1, SWITCHES);
    const history = madeHistory({ sessions: COUNT, columns: { volatility30: (t) => volatility[t] } });
    const models = Array.from({ length: 30 }, (_, i) => ivRegimes(history.at(200 + i))!.model);
    const kinds = new Set(models).size;
    expect(kinds).toBeGreaterThanOrEqual(6);
    expect(kinds).toBeLessThanOrEqual(7);
    for (const [i, model] of models.entries()) expect(model.count).toBeLessThan(200 + i);
  });

  it('are none before forty observed sessions of earlier weeks', () => {
    const volatility = switching(1, [20]);
    const history = madeHistory({ sessions: COUNT, columns: { volatility30: (t) => volatility[t] } });
    expect(ivRegimes(history.at(38))).toBeNull();
    expect(ivRegimes(history.at(50))).not.toBeNull();
  });
});
