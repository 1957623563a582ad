import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import { afterLoss, PLATEAU_START, type PlateauSettings, type PlateauState } from '../../src/tensor/optim/plateau.js';
import { constant, cosine, linearWarmUp, oneCycle, stepDecay, type CosineSettings, type OneCycleSettings, type Schedule } from '../../src/tensor/optim/schedules.js';

interface Factors {
  readonly factors: readonly number[];
}

interface Reference {
  readonly cosine: Factors & CosineSettings;
  readonly step: Factors & { readonly every: number; readonly decay: number };
  readonly oneCycle: Factors & OneCycleSettings;
  readonly oneCycleLinear: Factors & OneCycleSettings;
  readonly plateau: Factors & PlateauSettings & { readonly losses: readonly number[] };
  readonly plateauCooldown: Factors & PlateauSettings & { readonly losses: readonly number[] };
}

/** From experiments/references/tensor. */
const { schedules: reference } = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as { readonly schedules: Reference };

function expectFactors(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  for (const [step, factor] of expected.entries()) expect(Math.abs(found[step] - factor), `step ${step}`).toBeLessThan(1e-12);
}

const first = (schedule: Schedule, steps: number): number[] => Array.from({ length: steps }, (_, step) => schedule(step));

function plateauFactors(losses: readonly number[], settings: PlateauSettings): number[] {
  let state: PlateauState = PLATEAU_START;
  return losses.map((loss) => (state = afterLoss(state, loss, settings)).factor);
}

describe('schedules against PyTorch', () => {
  const schedules: readonly (readonly [string, Schedule, readonly number[]])[] = [
    ['cosine', cosine(reference.cosine), reference.cosine.factors],
    ['step decay', stepDecay(reference.step), reference.step.factors],
    ['one cycle', oneCycle(reference.oneCycle), reference.oneCycle.factors],
    ['one cycle by its usual settings', oneCycle({ steps: reference.oneCycle.steps }), reference.oneCycle.factors],
    ['one cycle in lines', oneCycle({ ...reference.oneCycleLinear, shape: 'linear' }), reference.oneCycleLinear.factors],
  ];

  it.each(schedules)('%s', (_, schedule, factors) => expectFactors(first(schedule, factors.length), factors));

  it.each(['plateau', 'plateauCooldown'] as const)('%s', (name) => expectFactors(plateauFactors(reference[name].losses, reference[name]), reference[name].factors));
});

const counts = fc.integer({ min: 2, max: 200 });

describe('schedules', () => {
  it('stay where they are: constant', () => expect(first(constant(), 3)).toEqual([1, 1, 1]));

  it('warm up from one part to the whole, never from nothing', () => {
    expect(first(linearWarmUp(4), 6)).toEqual([0.25, 0.5, 0.75, 1, 1, 1]);
    expect(first(linearWarmUp(2, stepDecay({ every: 1, decay: 0.5 })), 5)).toEqual([0.5, 1, 1, 0.5, 0.25]);
    expect(linearWarmUp(0)(0)).toBe(1);
  });

  it('follow a cosine down to its floor and stay there', () => {
    fc.assert(fc.property(counts, fc.double({ min: 0, max: 0.9, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (steps, part, floor) => {
      const warmUp = Math.floor(part * steps);
      const factors = first(cosine({ steps, warmUp, floor }), steps + 3);
      for (const [step, factor] of factors.entries()) {
        if (step > 0 && step <= warmUp) expect(factor).toBeGreaterThanOrEqual(factors[step - 1]);
        if (step > warmUp) expect(factor).toBeLessThanOrEqual(factors[step - 1] + 1e-15);
        if (step >= warmUp) expect(factor).toBeGreaterThanOrEqual(floor - 1e-15);
        expect(factor).toBeLessThanOrEqual(1);
      }
      expect(factors[warmUp]).toBe(1);
      expect(factors.slice(steps)).toEqual([floor, floor, floor]);
      // half way down in the middle
      const middle = (steps - warmUp) / 2;
      if (Number.isInteger(middle)) expect(factors[warmUp + middle]).toBeCloseTo((1 + floor) / 2, 12);
    }));
  });

  it('rise and fall once in one cycle', () => {
    fc.assert(fc.property(counts, fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('cosine', 'linear'), (steps, rise, shape) => {
      const factors = first(oneCycle({ steps, rise, shape, start: 0.1, end: 0.01 }), steps + 2);
      const top = factors.indexOf(Math.max(...factors));
      for (let step = 1; step < factors.length; step++) {
        if (step <= top) expect(factors[step]).toBeGreaterThanOrEqual(factors[step - 1] - 1e-15);
        else expect(factors[step]).toBeLessThanOrEqual(factors[step - 1] + 1e-15);
      }
      expect(Math.abs(top - Math.min(Math.max(rise * steps - 1, 0), steps - 1))).toBeLessThanOrEqual(1);
      expect(factors.slice(steps - 1)).toEqual([0.01, 0.01, 0.01]);
      if (rise * steps - 1 > 0) expect(factors[0]).toBeCloseTo(0.1, 12);
    }));
  });

  it('wait on a plateau, and count a lower loss below zero as better', () => {
    expect(plateauFactors([-1, -2, -3, -3.0000001, -3, -2], { patience: 1, decay: 0.5 })).toEqual([1, 1, 1, 1, 0.5, 0.5]);
    expect(plateauFactors([NaN, NaN, 3, NaN, 2], { patience: 1, decay: 0.5 })).toEqual([1, 0.5, 0.5, 0.5, 0.5]);
    fc.assert(fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 60 }), fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 3 }), fc.double({ min: 0, max: 1, noNaN: true }), (losses, patience, cooldown, floor) => {
      const factors = plateauFactors(losses, { patience, cooldown, floor, decay: 0.5 });
      let last = -1;
      for (const [i, factor] of factors.entries()) {
        const before = i === 0 ? 1 : factors[i - 1];
        expect(factor === before || factor === Math.max(floor, before / 2)).toBe(true);
        if (factor === before) continue;
        // nothing within the patience of one decay is another
        expect(i - last).toBeGreaterThan(patience + (last < 0 ? 0 : cooldown));
        last = i;
      }
    }));
  });

  it('go on from a saved state as if nothing had happened', () => {
    const { losses, factors: _, ...settings } = reference.plateauCooldown;
    let state: PlateauState = PLATEAU_START;
    const found = losses.map((loss) => (state = JSON.parse(JSON.stringify(afterLoss(state, loss, settings))) as PlateauState).factor);
    expect(found).toEqual(plateauFactors(losses, settings));
  });

  it('say what they expect of their settings', () => {
    expect(() => linearWarmUp(1.5)).toThrow(/whole number of steps, found steps 1.5/);
    expect(() => cosine({ steps: 5, warmUp: 5 })).toThrow(InvariantError);
    expect(() => cosine({ steps: 5, floor: 2 })).toThrow(/floor 2/);
    expect(() => stepDecay({ every: 0, decay: 0.5 })).toThrow(InvariantError);
    expect(() => oneCycle({ steps: 1 })).toThrow(InvariantError);
    expect(() => afterLoss(PLATEAU_START, 1, { decay: 1 })).toThrow(/found decay 1/);
  });
});
