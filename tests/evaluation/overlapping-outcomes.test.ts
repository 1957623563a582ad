import { describe, expect, it } from 'vitest';

import { InvariantError } from '../../src/core/errors.js';
import { createRng } from '../../src/core/rng.js';
import { drawBlocks, drawnMeans, percentileInterval, type Interval } from '../../src/evaluation/block-bootstrap.js';
import { MIN_SPANS, OverlappingOutcomes } from '../../src/evaluation/overlapping-outcomes.js';

const SPAN = 5;
const ENTRIES = 20;

interface Outcomes {
  readonly positions: readonly number[];
  readonly values: readonly number[];
}

/** Entries of every session over `SPAN` sessions in a market that moves by 1 % a session and drifts by `drift`; each has as much luck of its own. */
function world(seed: number, sessions: number, drift = 0): Outcomes {
  const rng = createRng(seed);
  const moves = Array.from({ length: sessions + SPAN }, () => drift + 0.01 * rng.normal());
  const all = Array.from({ length: sessions * ENTRIES }, (_, i) => Math.floor(i / ENTRIES));
  const market = Array.from({ length: sessions }, (_, t) => moves.slice(t, t + SPAN).reduce((sum, move) => sum + move, 0));
  return { positions: all, values: all.map((t) => market[t] + 0.02 * rng.normal()) };
}

const intervalOf = ({ positions, values }: Outcomes, seed: number): Interval => new OverlappingOutcomes(positions, { span: SPAN, rng: createRng(seed), replicates: 400 }).interval(values)!;

/** As if sessions were independent of each other. */
function bySession({ positions, values }: Outcomes, seed: number): Interval {
  const sums = new Float64Array(positions[positions.length - 1] + 1);
  values.forEach((value, i) => (sums[positions[i]] += value / ENTRIES));
  return percentileInterval(drawnMeans(sums, drawBlocks(sums.length, { block: 1, replicates: 400, rng: createRng(seed) })));
}

const excludes = ([low, high]: Interval, value: number): boolean => value < low || value > high;

describe('the interval of a mean over outcomes that overlap', () => {
  it('says of worlds without skill that there is some about as often as it claims, where sessions as clusters say it often', () => {
    const worlds = Array.from({ length: 200 }, (_, seed) => world(1000 + seed, 260));
    const share = (interval: (outcomes: Outcomes, seed: number) => Interval): number => worlds.filter((outcomes, seed) => excludes(interval(outcomes, seed), 0)).length / worlds.length;
    expect(share(intervalOf)).toBeLessThan(0.12);
    expect(share(bySession)).toBeGreaterThan(0.2);
  });

  it('excludes 0 where the drift is large', () => {
    const found = Array.from({ length: 40 }, (_, seed) => intervalOf(world(2000 + seed, 260, 0.003), seed));
    expect(found.filter(([low]) => low > 0).length).toBeGreaterThan(35);
  });

  it('is as wide as theory has it for a mean of sums that overlap', () => {
    const widths = Array.from({ length: 20 }, (_, seed) => intervalOf(world(3000 + seed, 520), seed)).map(([low, high]) => high - low);
    // the mean of the sums is span times the mean of the moves, but for the ends
    const theory = 2 * 1.96 * SPAN * (0.01 / Math.sqrt(520));
    const ratio = widths.reduce((sum, width) => sum + width, 0) / widths.length / theory;
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.1);
  });

  it.each([1, 3, 10])('is none below as many sessions as are asked for, from the first outcome to the last: outcomes of %d', (span) => {
    const over = (sessions: number): Interval | null => new OverlappingOutcomes([7, 7 + sessions - 1, 9], { span, rng: createRng(1) }).interval([1, 2, 3]);
    expect(over(MIN_SPANS * span - 1)).toBeNull();
    expect(over(MIN_SPANS * span)).not.toBeNull();
  });

  it('is none without outcomes, however long they reach', () => {
    expect(new OverlappingOutcomes([], { span: 1, rng: createRng(1) }).interval([])).toBeNull();
    expect(new OverlappingOutcomes([3], { span: 10, rng: createRng(1) }).interval([1])).toBeNull();
  });

  it('is the value where all are equal, also where sessions lack outcomes', () => {
    const positions = Array.from({ length: 100 }, (_, t) => t).filter((t) => t % 7 < 4 && t !== 50);
    expect(positions.length).toBeLessThan(100);
    const [low, high] = new OverlappingOutcomes(positions, { span: 4, rng: createRng(2) }).interval(positions.map(() => 0.03))!;
    expect(low).toBeCloseTo(0.03, 12);
    expect(high).toBeCloseTo(0.03, 12);
  });

  it('weighs sessions by their outcomes', () => {
    // one outcome of 0 a session, and ninety-nine of 1 besides in every other
    const positions = Array.from({ length: 60 }, (_, t) => (t % 2 === 0 ? Array.from({ length: 100 }, () => t) : [t])).flat();
    const values = positions.map((t, i) => (t % 2 === 0 && positions[i - 1] === t ? 1 : 0));
    const [low, high] = new OverlappingOutcomes(positions, { span: 1, rng: createRng(3) }).interval(values)!;
    expect(low).toBeGreaterThan(0.95);
    expect(high).toBeLessThan(1);
  });

  it('is the same for the same seed, wherever the sessions are counted from and in whatever order the outcomes come', () => {
    const { positions, values } = world(4, 100);
    const of = (at: readonly number[], what: readonly number[], seed = 5): Interval => new OverlappingOutcomes(at, { span: SPAN, rng: createRng(seed) }).interval(what)!;
    const found = of(positions, values);
    expect(of(positions, values)).toEqual(found);
    expect(of(positions.map((position) => position - 40), values)).toEqual(found);
    expect(of(positions, values, 6)).not.toEqual(found);
    const [low, high] = of([...positions].reverse(), [...values].reverse());
    expect([low, high]).toEqual([expect.closeTo(found[0], 12), expect.closeTo(found[1], 12)]);
  });

  it('asks no more of one that was asked before', () => {
    const { positions, values } = world(4, 100);
    const outcomes = new OverlappingOutcomes(positions, { span: SPAN, rng: createRng(5) });
    const first = outcomes.interval(values)!;
    const twice = outcomes.interval(values.map((value) => 2 * value))!;
    expect(outcomes.interval(values)).toEqual(first);
    expect(twice).toEqual([expect.closeTo(2 * first[0], 12), expect.closeTo(2 * first[1], 12)]);
  });

  it('refuses a span that is no number of sessions, and values that are not of its outcomes', () => {
    for (const span of [0, -1, 2.5, Number.NaN]) expect(() => new OverlappingOutcomes([1], { span, rng: createRng(1) })).toThrow(InvariantError);
    expect(() => new OverlappingOutcomes([1, 2], { span: 1, rng: createRng(1) }).interval([1])).toThrow('expected a value for each of 2 outcomes, found 1');
  });
});
