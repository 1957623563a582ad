import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { fitHiddenMarkov } from '../../../src/options/regime/fit-hidden-markov.js';
import { filterStates, logDensities, type HiddenMarkov } from '../../../src/options/regime/hidden-markov.js';

interface Planted {
  readonly observations: Float64Array;
  readonly states: readonly number[];
}

/** Levels of planted states with noise, and changes of the level; states stay with chance `stay`. */
function planted(seed: number, { count, levels, noise, stay }: { readonly count: number; readonly levels: readonly number[]; readonly noise: number; readonly stay: number }): Planted {
  const rng = createRng(seed);
  const states: number[] = [0];
  for (let t = 1; t < count; t++) states.push(rng.float() < stay ? states[t - 1] : (states[t - 1] + rng.integer(1, levels.length - 1)) % levels.length);
  return { observations: withChanges(states.map((state) => levels[state] + noise * rng.normal())), states };
}

function withChanges(values: readonly number[]): Float64Array {
  const observations = new Float64Array(2 * values.length).fill(Number.NaN);
  for (let t = 1; t < values.length; t++) observations.set([values[t], values[t] - values[t - 1]], 2 * t);
  return observations;
}

/** Number of states of the model with the smallest criterion among one to three. */
function chosen(observations: Float64Array): number {
  return [1, 2, 3].map((states) => fitHiddenMarkov(observations, states)!).reduce((best, model) => (model.bic < best.bic ? model : best)).states;
}

/** Share of sessions whose likeliest state by the filter is the planted one. */
function accuracy(model: HiddenMarkov, { observations, states }: Planted): number {
  const { chances } = filterStates(model, observations);
  return states.filter((state, t) => chances.subarray(t * model.states, (t + 1) * model.states).reduce((best, chance, k, all) => (chance > all[best] ? k : best), 0) === state).length / states.length;
}

const TWO = { count: 504, levels: [Math.log(0.15), Math.log(0.3)], noise: 0.12, stay: 0.97 };
const THREE = { count: 504, levels: [Math.log(0.12), Math.log(0.2), Math.log(0.35)], noise: 0.08, stay: 0.97 };
const SEEDS = Array.from({ length: 10 }, (_, i) => i + 1);

describe('planted states', () => {
  it.each([{ name: 'two', plan: TWO }, { name: 'three', plan: THREE }])('$name are found, with their levels, and filtered', ({ plan }) => {
    for (const seed of SEEDS) {
      const world = planted(seed, plan);
      const model = fitHiddenMarkov(world.observations, plan.levels.length)!;
      plan.levels.forEach((level, k) => {
        expect(Math.abs(model.mean[2 * k] - level), `seed ${seed}`).toBeLessThan(0.06);
        // of a state that was hardly seen nobody can tell how it stays
        if (world.states.filter((state) => state === k).length > 80) expect(Math.abs(model.transition[k * plan.levels.length + k] - plan.stay), `seed ${seed}`).toBeLessThan(0.05);
      });
      expect(accuracy(model, world)).toBeGreaterThan(0.95);
    }
  });

  it('are told from one state, and two from three, by the criterion', () => {
    expect(SEEDS.filter((seed) => chosen(planted(seed, TWO).observations) >= 2).length).toBe(SEEDS.length);
    expect(SEEDS.filter((seed) => chosen(planted(seed, THREE).observations) === 3).length).toBeGreaterThanOrEqual(9);
  });
});

describe('without states', () => {
  it('one state is kept where all sessions are alike', () => {
    const rng = createRng(7);
    const alike = (): Float64Array => Float64Array.from({ length: 2 * 250 }, () => rng.normal());
    expect(SEEDS.filter(() => chosen(alike()) === 1).length).toBeGreaterThanOrEqual(9);
  });

  // the honest null: volatility that wanders without any regimes looks like regimes to such a model
  it('a level that wanders slowly is nevertheless cut into states', () => {
    const wandering = (seed: number): Float64Array => {
      const rng = createRng(seed);
      let level = 0;
      return withChanges(Array.from({ length: 252 }, () => (level = 0.97 * level + 0.05 * rng.normal())));
    };
    expect(SEEDS.filter((seed) => chosen(wandering(seed)) > 1).length).toBe(SEEDS.length);
  });
});

describe('the filter', () => {
  const model = fitHiddenMarkov(planted(3, TWO).observations, 2)!;
  const { observations } = planted(4, { ...TWO, count: 8, stay: 0.7 });

  it('is the chance over all paths', () => {
    const densities = logDensities(model, observations);
    const { chances, logScale } = filterStates(model, observations);
    for (let t = 0; t < 8; t++) {
      const weights = [0, 0];
      for (let path = 0; path < 2 ** (t + 1); path++) {
        const at = (s: number): number => (path >> s) & 1;
        let weight = model.start[at(0)] * Math.exp(densities[at(0)]);
        for (let s = 1; s <= t; s++) weight *= model.transition[2 * at(s - 1) + at(s)] * Math.exp(densities[2 * s + at(s)]);
        weights[at(t)] += weight;
      }
      const all = weights[0] + weights[1];
      expect(chances[2 * t]).toBeCloseTo(weights[0] / all, 12);
      expect(logScale.subarray(0, t + 1).reduce((sum, value) => sum + value, 0)).toBeCloseTo(Math.log(all), 10);
    }
  });

  it('does not change with what comes later, and goes on over what is missing by the chain alone', () => {
    const whole = filterStates(model, observations).chances;
    expect(filterStates(model, observations.slice(0, 10)).chances).toEqual(whole.slice(0, 10));
    const gap = observations.slice();
    gap[2 * 5] = Number.NaN;
    const { chances } = filterStates(model, gap);
    for (const k of [0, 1]) expect(chances[10 + k]).toBeCloseTo(chances[8] * model.transition[k] + chances[9] * model.transition[2 + k], 12);
  });

  it('survives values far outside of all states', () => {
    const far = observations.map((value, i) => (i === 6 ? 1e6 : value));
    expect(filterStates(model, far).chances.every((chance) => chance >= 0 && chance <= 1)).toBe(true);
  });
});

describe('the fit', () => {
  it('fits at least as well as the truth', () => {
    for (const seed of SEEDS) {
      const { observations } = planted(seed, TWO);
      const variance = TWO.noise ** 2;
      const truth = { states: 2, start: Float64Array.of(0.5, 0.5), transition: Float64Array.of(0.97, 0.03, 0.03, 0.97), mean: Float64Array.of(TWO.levels[0], 0, TWO.levels[1], 0), covariance: Float64Array.of(variance, variance, 2 * variance, variance, variance, 2 * variance) };
      expect(fitHiddenMarkov(observations, 2)!.logLikelihood).toBeGreaterThan(filterStates(truth, observations).logScale.reduce((sum, value) => sum + value, 0) - 1);
    }
  });

  it('is the same each time, and orders states by level', () => {
    const { observations } = planted(5, THREE);
    const [one, other] = [fitHiddenMarkov(observations, 3)!, fitHiddenMarkov(observations.slice(), 3)!];
    expect(one).toEqual(other);
    expect(one.mean[0] < one.mean[2] && one.mean[2] < one.mean[4]).toBe(true);
    for (let k = 0; k < 3; k++) expect(one.transition.subarray(3 * k, 3 * k + 3).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
  });

  it('is none of too little, or of what does not vary', () => {
    expect(fitHiddenMarkov(planted(1, { ...TWO, count: 20 }).observations, 2)).toBeNull();
    expect(fitHiddenMarkov(new Float64Array(400).fill(1), 2)).toBeNull();
    expect(fitHiddenMarkov(new Float64Array(0), 1)).toBeNull();
  });
});
