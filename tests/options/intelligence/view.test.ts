import { describe, expect, it } from 'vitest';

import { SeriesInputs, SERIES_COLUMNS, type SeriesColumn } from '../../../src/features/compute/series-inputs.js';
import { openInterestStep } from '../../../src/features/options/open-interest-step.js';
import { putCallPercentiles } from '../../../src/features/options/put-call-percentile.js';
import { ivRegime } from '../../../src/features/options/iv-regime.js';
import { calmOrStressed } from '../../../src/options/intelligence/calm-or-stressed.js';
import { formatEvidence } from '../../../src/options/intelligence/evidence.js';
import { openInterestSteps } from '../../../src/options/intelligence/open-interest-steps.js';
import { OptionsHistory } from '../../../src/options/intelligence/view.js';
import { shareBelowLast, wideningWindow } from '../../../src/options/history/widening-window.js';
import { madeChain } from './made-chains.js';
import { madeInput, wanderingInput } from './made-history.js';

describe('a view', () => {
  const input = wanderingInput(1, 60);
  const history = new OptionsHistory(input);

  it('holds its sessions and nothing later, nor a way to it', () => {
    const view = history.at(30);
    expect(view.length).toBe(31);
    expect(view.session).toBe(input.sessions[30]);
    for (const values of [view.sessions, view.close, view.column('spot'), view.comparable('callGamma')]) {
      expect(values).toHaveLength(31);
      expect(values.byteOffset).toBe(0);
      expect(values.buffer.byteLength).toBe(values.byteLength);
    }
    view.column('spot').fill(0);
    expect(history.at(30).column('spot')).toEqual(input.columns.spot!.slice(0, 31));
    expect(() => view.deriveUntil('x', input.sessions[31], () => 1)).toThrow(/expected a session up to/);
  });

  it('does not know absent columns, and leaves mixed sessions out of comparisons', () => {
    const view = new OptionsHistory({ ...madeInput({ sessions: 5, columns: { isMixed: (t) => (t === 2 ? 1 : 0) } }) }).latest();
    expect(Array.from(view.comparable('spot'))).toEqual([100, 100, Number.NaN, 100, 100]);
    expect(new OptionsHistory({ ...madeInput({ sessions: 5 }), columns: {} }).latest().column('spot').every(Number.isNaN)).toBe(true);
  });

  it('refuses what does not fit', () => {
    expect(() => history.at(60)).toThrow(/expected a position from 0 to 59, found 60/);
    expect(() => new OptionsHistory({ ...input, close: new Float64Array(3) })).toThrow(/expected 60 sessions, found 3 in "close"/);
    expect(() => new OptionsHistory({ ...input, sessions: input.sessions.slice().reverse() })).toThrow(/expected ascending sessions/);
    const chain = madeChain({ session: input.sessions[31] });
    expect(() => history.at(30, { chain })).toThrow(/expected the chain of session/);
    expect(() => history.at(31, { previous: chain })).toThrow(/expected a chain of before session/);
    expect(() => new OptionsHistory({ ...input, underlying: 'OTHER' }).at(31, { chain })).toThrow(/expected a chain of OTHER, found one of MADE/);
    expect(history.at(31, { chain }).chain).toBe(chain);
  });
});

describe('numbers in words', () => {
  it.each([
    [0.0423, 'fraction', '4.2 %'], [-0.0423, 'fraction', '−4.2 %'], [1.534, 'ratio', '1.53'], [-0.5, 'score', '−0.50'], [1234.5, 'price', '1234.50'],
    [12345, 'contracts', '12,345'], [1234567, 'count', '1,234,567'], [40, 'sessions', '40'], [-3.14e6, 'money', '−3.1 million'], [2.5e9, 'money', '2.5 billion'], [250, 'money', '250'], [20612, 'date', '2026-06-08'],
  ] as const)('%d as %s', (value, unit, text) => {
    expect(formatEvidence(value, unit)).toBe(text);
  });
});

describe('definitions', () => {
  it('agree with the features of the same name', () => {
    const input = wanderingInput(2, 300);
    const columns = Object.fromEntries(SERIES_COLUMNS.map((name) => [name, input.close])) as Record<SeriesColumn, Float64Array>;
    const series = new SeriesInputs(input.sessions, columns, { tables: { fundamentals: new Map(), earnings: new Map(), macro: new Map() }, options: input.columns });
    const [steps, shares, stress] = [openInterestStep(series), putCallPercentiles(series), ivRegime.compute(series)];
    const history = new OptionsHistory(input);
    const bare = (value: number | undefined): number => value ?? Number.NaN;
    for (const t of [5, 39, 40, 120, 251, 252, 299]) {
      const view = history.at(t);
      expect(openInterestSteps(view)).toEqual(steps.slice(0, t + 1));
      const window = wideningWindow(view.comparable('putVolume').map((value, s) => value / view.comparable('callVolume')[s]));
      expect(window ? shareBelowLast(window) : Number.NaN).toBe(shares[t]);
      expect(bare(calmOrStressed(view)?.stress)).toBe(stress[t]);
    }
  });
});
