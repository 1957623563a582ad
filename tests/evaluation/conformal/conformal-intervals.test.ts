import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { ConformalCalibrator, type IssuedIntervals } from '../../../src/evaluation/conformal/conformal-calibrator.js';
import { conformalIntervals, type CalibratedInterval } from '../../../src/evaluation/conformal/conformal-intervals.js';
import type { ConformalOptions } from '../../../src/evaluation/conformal/conformal-settings.js';
import type { IntervalCorrection } from '../../../src/evaluation/conformal/corrected-intervals.js';
import type { ConformalState } from '../../../src/evaluation/conformal/conformal-state.js';
import { intervalReport } from '../../../src/evaluation/conformal/interval-report.js';
import { anyCase, constantIntervals, cutAt, withOtherFuture, type Case } from './world.js';

interface Row {
  readonly corrections: readonly (IntervalCorrection | null)[];
  readonly low: readonly (readonly number[])[];
  readonly high: readonly (readonly number[])[];
}

const present = (values: readonly number[]): number[] => values.filter((one) => !Number.isNaN(one));

/** Ends of one cell, innermost first: each end stretched over those before it, crossed ends halved. */
function cellDirectly(ends: readonly (readonly [number, number] | null)[]): [number, number][] {
  const result: [number, number][] = [];
  for (const pair of [...ends].reverse()) {
    if (pair === null) {
      result.unshift([Number.NaN, Number.NaN]);
      continue;
    }
    const low = Number.isNaN(pair[0]) ? Number.NaN : Math.min(pair[0], ...present(result.map(([end]) => end)));
    const high = Number.isNaN(pair[1]) ? Number.NaN : Math.max(pair[1], ...present(result.map(([, end]) => end)));
    result.unshift(low > high ? [low + (high - low) / 2, low + (high - low) / 2] : [low, high]);
  }
  return result;
}

/** By the definitions, everything sorted and looked up anew. */
function directly({ input: { forecasts, outcomes, positions }, options: { intervals, span, window, gamma, minSessions } }: Case): Row[] {
  const targets = intervals.map(({ low, high }) => [low, 1 - high]);
  const rows: Row[] = [];
  outcomes.forEach((_, t) => {
    const known = outcomes.map((_, s) => s).filter((s) => s < t && positions[s] + span <= positions[t]);
    const corrections = targets.map((pair, i) => {
      const widths = pair.map((target, side) => {
        const beyond = (s: number, ends: (i: number) => ArrayLike<number>): number[] => present(Array.from(outcomes[s], (y, stock) => (side === 0 ? ends(i)[stock] - y : y - ends(i)[stock])));
        let level = target;
        for (const s of known) {
          const misses = beyond(s, (one) => (side === 0 ? rows[s].low : rows[s].high)[one]);
          if (misses.length > 0) level = Math.min(1, Math.max(0, level + gamma * (target - misses.filter((score) => score > 0).length / misses.length)));
        }
        const sessions = known.map((s) => beyond(s, (one) => (side === 0 ? forecasts[one].low : forecasts[one].high)[s])).filter(({ length }) => length > 0).slice(-window);
        const scores = sessions.flat().sort((a, b) => a - b);
        const rank = (share: number): number => Math.ceil((scores.length + 1) * (1 - share) - 1e-9);
        if (sessions.length < minSessions || rank(target) > scores.length) return null;
        return scores[Math.min(scores.length, Math.max(1, rank(level))) - 1];
      });
      return widths[0] === null || widths[1] === null ? null : { low: 0 - widths[0], high: widths[1] + 0 };
    });
    const cells = Array.from(outcomes[t], (_, stock) => cellDirectly(forecasts.map(({ low, high }, i) => (corrections[i] === null ? null : [low[t][stock] + corrections[i].low, high[t][stock] + corrections[i].high]))));
    rows.push({ corrections, low: forecasts.map((_, i) => cells.map((cell) => cell[i][0])), high: forecasts.map((_, i) => cells.map((cell) => cell[i][1])) });
  });
  return rows;
}

const rowOf = (intervals: readonly CalibratedInterval[], t: number): Row => ({ corrections: intervals.map(({ corrections }) => corrections[t]), low: intervals.map(({ low }) => Array.from(low[t])), high: intervals.map(({ high }) => Array.from(high[t])) });
const issuedRow = ({ corrections, intervals }: IssuedIntervals): Row => ({ corrections, low: intervals.map(({ low }) => Array.from(low)), high: intervals.map(({ high }) => Array.from(high)) });
const batch = ({ input, options }: Case): Row[] => {
  const { intervals } = conformalIntervals(input, options);
  return input.outcomes.map((_, t) => rowOf(intervals, t));
};
/** Minus zero is zero. */
const plain = (rows: readonly Row[]): Row[] => rows.map(({ corrections, low, high }) => ({ corrections, low: low.map((row) => row.map((one) => one + 0)), high: high.map((row) => row.map((one) => one + 0)) }));

describe('calibrated intervals', () => {
  it('are what the definitions say', () => {
    let calibrated = 0;
    fc.assert(
      fc.property(anyCase, (one) => {
        const expected = directly(one);
        expect(plain(batch(one))).toEqual(plain(expected));
        calibrated += expected.filter(({ corrections }) => corrections.some((correction) => correction !== null)).length;
      }),
      { seed: 1, numRuns: 300 },
    );
    expect(calibrated).toBeGreaterThan(500); // the cases are not all too short to say anything
  });

  it('are the same session by session as all at once, also where each session goes on from a saved state and outcomes are heard of when they become known', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        const { forecasts, outcomes, positions } = one.input;
        let saved: string | null = null;
        const found: Row[] = [];
        const end = positions[positions.length - 1];
        for (let now = positions[0]; now <= end; now++) {
          const calibrator: ConformalCalibrator = new ConformalCalibrator(one.options, saved === null ? undefined : (JSON.parse(saved) as ConformalState));
          for (const session of calibrator.awaited) if (session + one.options.span <= now) calibrator.settle(now, { session, outcomes: outcomes[positions.indexOf(session)] });
          const t = positions.indexOf(now);
          if (t >= 0) found.push(issuedRow(calibrator.issue(now, forecasts.map(({ low, high }) => ({ low: low[t], high: high[t] })))));
          saved = JSON.stringify(calibrator.state());
        }
        const { intervals, calibrator } = conformalIntervals(one.input, one.options);
        expect(plain(found)).toEqual(plain(outcomes.map((_, t) => rowOf(intervals, t))));
        expect(JSON.parse(saved!)).toEqual(JSON.parse(JSON.stringify(calibrator.state())));
      }),
      { seed: 2 },
    );
  });

  it('do not change when later sessions are cut off, nor when outcomes not yet known become absurd', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), fc.constantFrom(1e9, -1e9, Number.NaN), (one, at, outcome) => {
        const t = at % one.input.outcomes.length;
        const all = batch(one).slice(0, t + 1);
        expect(batch(cutAt(one, t))).toEqual(all);
        expect(batch(withOtherFuture(one, t, outcome)).slice(0, t + 1)).toEqual(all);
      }),
      { seed: 3 },
    );
  });

  it('contain one another and do not cross, whatever forecasts and outcomes are', () => {
    fc.assert(
      fc.property(anyCase, (one) => {
        for (const { low, high } of batch(one)) {
          low[0].forEach((_, stock) => {
            const [outer, inner] = [0, 1].map((i) => [low[i][stock], high[i][stock]]);
            expect(outer[0] > inner[0] || outer[1] < inner[1] || outer[0] > outer[1] || inner[0] > inner[1]).toBe(false);
          });
        }
      }),
      { seed: 4 },
    );
  });

  it('are stretched over a narrower one that would pass them, which stays what it was', () => {
    // errors of the wide forecast are small, those of the narrow one large: its corrected end lies further out
    const outcomes = Array.from({ length: 40 }, () => Float64Array.from({ length: 10 }, (_, stock) => (stock - 4.5) / 4.5));
    const late = 39;
    const [wide, { low, high }] = [constantIntervals(outcomes, -3, 3), constantIntervals(outcomes, -0.1, 0.1)];
    const narrow = { low: low.map((row, t) => (t === late ? new Float64Array(10).fill(-5) : row)), high };
    const positions = outcomes.map((_, t) => t);
    const of = (forecasts: (typeof wide)[], levels: ConformalOptions['intervals']) => conformalIntervals({ forecasts, outcomes, positions, sessions: positions }, { intervals: levels, span: 1, gamma: 0 });
    const levels = [{ low: 0.05, high: 0.95 }, { low: 0.1, high: 0.9 }];
    const [outer, inner] = of([wide, narrow], levels).intervals;
    const [alone] = of([narrow], [levels[1]]).intervals;
    const [unstretched] = of([wide], [levels[0]]).intervals;
    expect(inner.low).toEqual(alone.low);
    expect(outer.low[late]).toEqual(inner.low[late]);
    expect(unstretched.low[late][0]).toBeGreaterThan(inner.low[late][0]);
    expect(outer.high[late]).toEqual(unstretched.high[late]);
    expect(outer.low[late - 1]).toEqual(unstretched.low[late - 1]);
  });

  it('feel an absurd outcome at the session at which it becomes known, not before', () => {
    const rng = createRng(5);
    const outcomes = Array.from({ length: 60 }, () => Float64Array.from({ length: 8 }, () => rng.normal()));
    const absurd = outcomes.map((row, t) => (t === 30 ? row.map(() => 1e6) : row));
    const positions = outcomes.map((_, t) => 2 * t); // every second session
    const of = (given: readonly Float64Array[]): readonly (IntervalCorrection | null)[] =>
      conformalIntervals({ forecasts: [constantIntervals(given, -1, 1)], outcomes: given, positions, sessions: positions }, { intervals: [{ low: 0.05, high: 0.95 }], span: 7, window: 10, minSessions: 5, gamma: 0.02 }).intervals[0].corrections;
    const [found, planted] = [of(outcomes), of(absurd)];
    // 60 + 7 = 67, and the first session at 67 or later is the 34th
    expect(planted.slice(0, 34)).toEqual(found.slice(0, 34));
    expect(planted[34]!.high).toBe(1e6 - 1);
  });

  it('come without corrections until enough is known, and where too few outcomes came for the share aimed at', () => {
    const outcomes = Array.from({ length: 12 }, (_, t) => Float64Array.of(t, -t, t % 3));
    const positions = outcomes.map((_, t) => t);
    const of = (low: number, minSessions: number): boolean[] =>
      conformalIntervals({ forecasts: [constantIntervals(outcomes, -1, 1)], outcomes, positions, sessions: positions }, { intervals: [{ low, high: 1 - low }], span: 3, minSessions }).intervals[0].corrections.map((one) => one !== null);
    // outcomes of sessions 0 to 3 are known at 6
    expect(of(0.3, 4).indexOf(true)).toBe(6);
    expect(of(0.3, 1).indexOf(true)).toBe(3);
    // 19 scores for a twentieth: seven sessions of three stocks, the last of them known at 9; 9 scores for a tenth, three sessions
    expect(of(0.05, 1).indexOf(true)).toBe(9);
    expect(of(0.1, 1).indexOf(true)).toBe(5);
    expect(of(0.01, 1).indexOf(true)).toBe(-1);
  });

  it('are NaN where not corrected, and no sample of either report', () => {
    const outcomes = Array.from({ length: 30 }, () => Float64Array.from({ length: 20 }, (_, stock) => stock - 9.5));
    const positions = outcomes.map((_, t) => t);
    const input = { forecasts: [constantIntervals(outcomes, -1, 1)], outcomes, positions, sessions: positions };
    const [{ low, high, coverage, uncorrected, levels }] = conformalIntervals(input, { intervals: [{ low: 0.1, high: 0.9 }], span: 2, minSessions: 5 }).intervals;
    // outcomes of sessions 0 to 4 are known at 6
    expect(low.findIndex((row) => !Number.isNaN(row[0]))).toBe(6);
    expect(coverage.overall.samples).toBe(24 * 20);
    expect(uncorrected.overall.samples).toBe(24 * 20);
    expect(uncorrected.overall.within).toBeCloseTo(0.1, 12);
    expect(coverage.overall.within).toBeCloseTo(0.8, 1);
    expect(coverage).toEqual(intervalReport({ low, high, outcomes, sessions: positions, levels }));
  });
});

describe('levels', () => {
  const options: ConformalOptions = { intervals: [{ low: 0.1, high: 0.9 }], span: 1, window: 5, minSessions: 1, gamma: 0.5 };
  /** Leads a calibrator through sessions of one forecast each and returns it with what it last issued. */
  function led(outcomesOf: (t: number) => number, sessions: number): { calibrator: ConformalCalibrator; last: IntervalCorrection | null } {
    const calibrator = new ConformalCalibrator(options);
    let last: IntervalCorrection | null = null;
    for (let t = 0; t < sessions; t++) {
      if (t > 0) calibrator.settle(t, { session: t - 1, outcomes: new Float64Array(10).fill(outcomesOf(t - 1)) });
      last = calibrator.issue(t, [{ low: new Float64Array(10).fill(-1), high: new Float64Array(10).fill(1) }]).corrections[0];
    }
    return { calibrator, last };
  }

  it('fall to 0 and no lower where every outcome is beyond all before, and the widest score is taken', () => {
    const { calibrator, last } = led((t) => t + 2, 12);
    expect(calibrator.levels[0].high).toBe(0);
    expect(last!.high).toBe(12 - 1); // the outcome of session 10
  });

  it('rise to 1 and no higher where nothing is missed, and the narrowest score is taken', () => {
    // nothing is ever missed at the low side, by outcomes that rise
    const calibrator = led((t) => t + 2, 200).calibrator;
    expect(calibrator.levels[0].low).toBe(1);
    expect(calibrator.corrections()[0]!.low).toBe(-Math.min(...[194, 195, 196, 197, 198].map((t) => -1 - (t + 2))));
  });

  it('move by gamma × (share aimed at − share missed), each side by itself', () => {
    const calibrator = new ConformalCalibrator({ ...options, gamma: 0.1 });
    const forecast = { low: new Float64Array(10).fill(-1), high: new Float64Array(10).fill(1) };
    calibrator.issue(0, [forecast]);
    calibrator.settle(1, { session: 0, outcomes: new Float64Array(10) });
    expect(calibrator.levels[0]).toEqual({ low: 0.1, high: 1 - 0.9 }); // nothing was issued that could be missed
    calibrator.issue(1, [forecast]);
    // issued was [0, 0]: three below, two above, one missing
    calibrator.settle(2, { session: 1, outcomes: [-1, -2, -3, 0, 0, 0, 0, 1, 2, Number.NaN] });
    expect(calibrator.levels[0].low).toBeCloseTo(0.1 + 0.1 * (0.1 - 3 / 9), 12);
    expect(calibrator.levels[0].high).toBeCloseTo(0.1 + 0.1 * (0.1 - 2 / 9), 12);
  });

  it('and scores stay where a session has no outcomes', () => {
    const { calibrator } = led((t) => Math.sin(t), 9);
    const before = { levels: calibrator.levels, corrections: calibrator.corrections() };
    calibrator.settle(9, { session: 8, outcomes: new Float64Array(10).fill(Number.NaN) });
    expect({ levels: calibrator.levels, corrections: calibrator.corrections() }).toEqual(before);
    expect(calibrator.awaited).toEqual([]);
  });
});

describe('a calibrator refuses', () => {
  const options: ConformalOptions = { intervals: [{ low: 0.05, high: 0.95 }, { low: 0.1, high: 0.9 }], span: 6 };
  const row = (value = 0): { low: number[]; high: number[] } => ({ low: [value - 1, value - 1], high: [value + 1, value + 1] });
  const begun = (): ConformalCalibrator => {
    const calibrator = new ConformalCalibrator(options);
    calibrator.issue(3, [row(), row()]);
    calibrator.issue(5, [row(), row()]);
    return calibrator;
  };

  it('outcomes before they can be known, of a session not next in turn, of other stocks, or infinite', () => {
    const settle = (now: number, session: number, outcomes: readonly number[]) => () => begun().settle(now, { session, outcomes });
    expect(settle(8, 3, [0, 0])).toThrow('expected outcomes of session 3 at 9 or later, found them at 8');
    expect(settle(11, 5, [0, 0])).toThrow('expected the outcomes of session 3, the earliest awaited, found those of 5');
    expect(settle(9, 3, [0])).toThrow('expected outcomes of the 2 stocks of session 3, found 1');
    expect(settle(9, 3, [0, Infinity])).toThrow('infinite');
    expect(settle(9.5, 3, [0, 0])).toThrow('found them at 9.5');
    expect(settle(9, 3, [0, 0])).not.toThrow();
    expect(() => new ConformalCalibrator(options).settle(9, { session: 3, outcomes: [] })).toThrow('none are awaited');
    const calibrator = begun();
    calibrator.settle(20, { session: 3, outcomes: [0, 0] });
    expect(() => calibrator.settle(19, { session: 5, outcomes: [0, 0] })).toThrow('expected outcomes at 20 or later, found them at 19');
    expect(() => calibrator.issue(19, [row(), row()])).toThrow('expected a session no earlier than 20');
  });

  it('is left as it was by what it refuses', () => {
    const calibrator = begun();
    const before = JSON.stringify(calibrator.state());
    expect(() => calibrator.settle(9, { session: 3, outcomes: [0, -Infinity] })).toThrow();
    expect(() => calibrator.issue(6, [row(), { low: [0, 0], high: [1] }])).toThrow();
    expect(JSON.stringify(calibrator.state())).toBe(before);
  });

  it('forecasts of no later session, of other intervals or stocks, or infinite ones', () => {
    expect(() => begun().issue(5, [row(), row()])).toThrow('expected a session after 5, found 5');
    expect(() => begun().issue(5.5, [row(), row()])).toThrow('expected a whole number as session');
    expect(() => begun().issue(6, [row()])).toThrow('expected forecasts of 2 intervals, found 1');
    expect(() => begun().issue(6, [row(), { low: [0, 0], high: [1] }])).toThrow('expected ends of the same 2 stocks, found 1');
    expect(() => begun().issue(6, [row(), { low: [0, 0], high: [1, Infinity] }])).toThrow('infinite');
  });

  it.each([
    ['an unknown option', { windows: 3 }, 'UNKNOWN_OPTION'],
    ['no intervals', { intervals: [] }, 'BAD_CONFORMAL'],
    ['intervals that are not nested', { intervals: [{ low: 0.1, high: 0.9 }, { low: 0.05, high: 0.95 }] }, 'BAD_CONFORMAL'],
    ['an interval on one side of the median', { intervals: [{ low: 0.1, high: 0.4 }] }, 'BAD_CONFORMAL'],
    ['a level that is no number', { intervals: [{ low: Number.NaN, high: 0.9 }] }, 'BAD_CONFORMAL'],
    ['a span of none', { span: 0 }, 'BAD_CONFORMAL'],
    ['a window shorter than it needs', { window: 10, minSessions: 11 }, 'BAD_CONFORMAL'],
    ['a negative gamma', { gamma: -0.1 }, 'BAD_CONFORMAL'],
  ])('%s', (_, change, code) => {
    expect(() => new ConformalCalibrator({ ...options, ...change })).toThrow(expect.objectContaining({ code }));
  });

  it('a state that is none, or one of other settings', () => {
    const state = JSON.parse(JSON.stringify(begun().state()));
    expect(() => new ConformalCalibrator(options, state)).not.toThrow();
    const spoilt: ((one: any) => unknown)[] = [
      () => null,
      () => 'state',
      (one) => ({ ...one, settings: { ...one.settings, gamma: 0.5 } }),
      (one) => ({ ...one, settings: null }),
      (one) => ({ ...one, now: 'yesterday' }),
      (one) => ({ ...one, tails: one.tails.slice(1) }),
      (one) => ({ ...one, tails: one.tails.map((tail: any) => ({ ...tail, low: { level: 2, scores: [] } })) }),
      (one) => ({ ...one, tails: one.tails.map((tail: any) => ({ ...tail, low: { level: 0.05, scores: [[2, 1]] } })) }),
      (one) => ({ ...one, tails: one.tails.map((tail: any) => ({ ...tail, high: { level: 0.05, scores: [[1, null]] } })) }),
      (one) => ({ ...one, pending: [...one.pending].reverse() }),
      (one) => ({ ...one, pending: one.pending.map((pending: any) => ({ ...pending, forecasts: pending.forecasts.slice(1) })) }),
      (one) => ({ ...one, pending: one.pending.map((pending: any) => ({ ...pending, corrections: [{ low: 1 }, null] })) }),
      (one) => ({ ...one, pending: one.pending.map((pending: any) => ({ ...pending, forecasts: pending.forecasts.map(() => ({ low: [1, 2], high: [3] })) })) }),
    ];
    for (const spoil of spoilt) expect(() => new ConformalCalibrator(options, spoil(state) as ConformalState), String(spoil)).toThrow(expect.objectContaining({ code: 'BAD_CONFORMAL_STATE' }));
  });

  it('tables that do not fit', () => {
    const outcomes = [[0], [1]];
    const input = { forecasts: [constantIntervals(outcomes, -1, 1), constantIntervals(outcomes, -1, 1)], outcomes, positions: [0, 1], sessions: [0, 1] };
    expect(() => conformalIntervals(input, options)).not.toThrow();
    expect(() => conformalIntervals({ ...input, forecasts: input.forecasts.slice(1) }, options)).toThrow('expected forecasts of 2 intervals, found 1');
    expect(() => conformalIntervals({ ...input, positions: [0] }, options)).toThrow('expected a position for each of 2 sessions, found 1');
    expect(() => conformalIntervals({ ...input, outcomes: [[0]] }, options)).toThrow('expected rows of 2 sessions, found 1');
    expect(() => conformalIntervals({ ...input, positions: [1, 1] }, options)).toThrow('expected a session after 1, found 1');
  });
});
