import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { buildGraph, buildGraphs } from '../../src/graph/build-graphs.js';
import { graphConfig } from '../../src/graph/config.js';
import { correlationDays, isNewQuarter, quarterOf, type CorrelationDay } from '../../src/graph/correlation-days.js';
import { fromEpochDay, isoDate, toEpochDay } from '../../src/core/dates.js';
import { EDGE_KINDS } from '../../src/graph/graph.js';
import type { GraphInputs } from '../../src/graph/graph-inputs.js';
import { pairValue } from '../../src/graph/symmetric.js';
import { cut, plainCorrelation, windowOf, world } from './world.js';

/** What stays of a day when the next one is computed. */
const kept = ({ rows, correlations, variance, leftOut }: CorrelationDay) => ({ rows: [...rows], upper: [...correlations.upper], variance: [...variance], leftOut });

function largestError(inputs: GraphInputs, window: number, minPresent: number): { error: number; days: number; changes: number } {
  let [error, days, changes] = [0, 0, -1];
  let before = '';
  for (const { rows, correlations, t } of correlationDays(inputs, { window, minPresent })) {
    days++;
    if (rows.join() !== before) changes++;
    before = rows.join();
    rows.forEach((row, i) => rows.slice(i + 1).forEach((other, k) => {
      const direct = plainCorrelation(windowOf(inputs, row, t, window), windowOf(inputs, other, t, window));
      error = Math.max(error, Math.abs(pairValue(correlations, i, i + 1 + k) - direct));
    }));
  }
  return { error, days, changes };
}

describe('correlations from day to day', () => {
  it('equal direct ones over hundreds of days, whoever comes and goes', () => {
    const { error, days, changes } = largestError(world({ seed: 1, symbols: 24, sessions: 420, changing: true }), 60, 0.8);
    expect({ days, changes: changes > 10 }).toEqual({ days: 361, changes: true });
    expect(error).toBeLessThan(1e-9);
  });

  it('stay exact when returns as large as 1000 % and more have come and gone', () => {
    const inputs = world({ seed: 2, symbols: 16, sessions: 420, spikes: 0.004 });
    expect(Math.max(...inputs.returns.map(Math.abs))).toBeGreaterThan(10);
    expect(largestError(inputs, 40, 1).error).toBeLessThan(1e-9);
  });

  it('use the sessions that both have where returns are missing', () => {
    const { error, changes } = largestError(world({ seed: 3, symbols: 16, sessions: 200, gaps: 0.06, changing: true }), 30, 0.8);
    expect(changes).toBeGreaterThan(10);
    expect(error).toBeLessThan(1e-9);
  });

  it('equal direct ones for any returns', () => {
    const some = fc.record({ seed: fc.integer({ min: 0, max: 1e6 }), symbols: fc.integer({ min: 2, max: 7 }), sessions: fc.integer({ min: 25, max: 90 }), gaps: fc.constantFrom(0, 0.02, 0.1), spikes: fc.constantFrom(0, 0.02), changing: fc.boolean() });
    fc.assert(fc.property(some, fc.integer({ min: 3, max: 25 }), (options, window) => {
      expect(largestError(world(options), window, 0.7).error).toBeLessThan(1e-9);
    }), { numRuns: 60, seed: 5 });
  });

  it('do not depend on the end of the data, nor on the start if it was before the quarter, bit for bit', () => {
    const inputs = world({ seed: 4, symbols: 14, sessions: 260, gaps: 0.003, changing: true });
    const settings = { window: 40, minPresent: 0.8 };
    const all = new Map(Array.from(correlationDays(inputs, settings), (day) => [day.t, kept(day)]));
    const quarterStart = inputs.sessions.findIndex((day, t) => t > 100 && isNewQuarter(inputs.sessions[t - 1], day));
    for (const day of correlationDays(cut(inputs, 180), settings)) expect(kept(day)).toEqual(all.get(day.t));
    for (const day of correlationDays(inputs, settings, quarterStart)) expect(kept(day)).toEqual(all.get(day.t));
  });

  it('are those of members at the session, others are left out with a reason', () => {
    const { symbols, sessions, returns, member } = world({ seed: 5, symbols: 6, sessions: 40 });
    const width = sessions.length;
    member!.fill(0, 0, width);
    returns.fill(Number.NaN, width, width + 30);
    returns.fill(0.01, 2 * width, 3 * width);
    const [day] = correlationDays({ symbols, sessions, returns, member: member! }, { window: 20, minPresent: 0.8 }, 39);
    expect([...day.rows]).toEqual([3, 4, 5]);
    expect(day.leftOut).toEqual([{ symbol: 'S001', reason: 'too few returns' }, { symbol: 'S002', reason: 'no variation' }]);
  });

  it('tell members without bars in the window from those with too few returns', () => {
    const { symbols, sessions, returns } = world({ seed: 5, symbols: 4, sessions: 40 });
    const width = sessions.length;
    returns.fill(Number.NaN, 0, 2 * width);
    const priced = Uint8Array.from(returns, (value) => Number(value === value));
    priced[width - 1] = 1; // one bar at the end, which has no return yet
    priced[width + 19] = 1; // one bar before the window
    const [day] = correlationDays({ symbols, sessions, returns, priced }, { window: 20, minPresent: 0.8 }, 39);
    expect(day.leftOut).toEqual([{ symbol: 'S000', reason: 'too few returns' }, { symbol: 'S001', reason: 'no bars in the window' }]);
    expect([...day.rows]).toEqual([2, 3]);
  });

  it('count a suspect return from the next return on', () => {
    const plain = world({ seed: 6, symbols: 5, sessions: 30 });
    const width = plain.sessions.length;
    const suspect = new Uint8Array(plain.returns.length);
    suspect[2 * width + 25] = 1;
    const settings = { window: 20, minPresent: 0.8 };
    const of = (inputs: GraphInputs) => Array.from(correlationDays(inputs, settings, 24), kept);
    const without = of({ ...plain, returns: plain.returns.map((value, at) => (suspect[at] === 1 ? Number.NaN : value)) });
    const [before, then, after, ...later] = of({ ...plain, suspect });
    const [first, , third, ...others] = of(plain);
    expect(before).toEqual(first);
    expect(then).toEqual(without[1]);
    [after, ...later].forEach((day, k) => day.upper.forEach((value, at) => expect(value).toBeCloseTo([third, ...others][k].upper[at], 12)));
    expect(then.upper).not.toEqual(of(plain)[1].upper);
  });

  it('need a whole window before the first session', () => {
    expect(() => [...correlationDays(world({ seed: 7, symbols: 3, sessions: 30 }), { window: 20, minPresent: 1 }, 10)]).toThrow('expected sessions from 19 to 29, found 10 to 29');
  });
});

describe('quarters', () => {
  it.each([['2018-01-02', '2018-q1'], ['2018-03-29', '2018-q1'], ['2018-04-02', '2018-q2'], ['2018-12-31', '2018-q4']])('%s is in %s', (day, quarter) => {
    expect(quarterOf(toEpochDay(isoDate(day)))).toBe(quarter);
  });
});

describe('buildGraph', () => {
  const inputs = world({ seed: 8, symbols: 9, sessions: 70, changing: true });
  const settings = { ...graphConfig.parse({}), window: 40, topK: 3, threshold: 0 };
  const session = fromEpochDay(inputs.sessions[60]);

  it('computes one session directly, close to what follows from day to day', () => {
    const direct = buildGraph(inputs, settings, session);
    const rolling = [...buildGraphs(inputs, settings)].find((graph) => graph.session === session)!;
    expect(direct.nodes).toEqual(rolling.nodes);
    for (const kind of EDGE_KINDS) {
      expect(direct.edges[kind].target).toEqual(rolling.edges[kind].target);
      direct.edges[kind].weight.forEach((weight, at) => expect(weight).toBeCloseTo(rolling.edges[kind].weight[at], 10));
    }
  });

  it('refuses a day that is no session of the inputs, or has no whole window before it', () => {
    expect(() => buildGraph(inputs, settings, '2015-02-21')).toThrow('expected a session of the inputs, found 2015-02-21');
    expect(() => buildGraph(inputs, settings, fromEpochDay(inputs.sessions[10]))).toThrow('expected sessions from 39 to 69, found 10 to 10');
  });
});
