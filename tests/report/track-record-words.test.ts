import { describe, expect, it } from 'vitest';
import type { TrackRecord } from '../../src/recommendation/recommendation.js';
import { trackRecordWords } from '../../src/report/track-record-words.js';
import { trackRecord } from './book-fixture.js';
import { sessionsUntil } from './fixture.js';

const record = trackRecord(sessionsUntil(60));
const trades = (change: Partial<TrackRecord['trades']>): string => trackRecordWords({ ...record, trades: { ...record.trades, ...change } }, 0.8)[0];
const interval = (low: number, high: number, matured = 210): string => trackRecordWords({ ...record, forecasts: { ...record.forecasts, matured, inInterval: { ...record.forecasts.inInterval, interval: [low, high] } } }, 0.8)[1];

describe('the words of a track record', () => {
  it('follow the interval of the mean, and need thirty trades', () => {
    expect(trades({ closed: 29, meanInterval: [0.001, 0.02] })).toBe('29 closed trades: too few to tell skill from luck.');
    expect(trades({ closed: 30, meanInterval: [0.001, 0.02] })).toBe('Over 30 closed trades the mean return after costs was above zero, more than chance would do; the rise of the market is in it.');
    expect(trades({ closed: 30, meanInterval: [-0.02, -0.001] })).toBe('Over 30 closed trades the mean return after costs was below zero, more than chance would do.');
    expect(trades({ closed: 30, meanInterval: [-0.02, 0.001] })).toContain('not distinguishable from zero');
    expect(trades({ closed: 40, meanInterval: null })).toContain('too short a time to tell skill from luck');
  });

  it('hold the intervals to their promise', () => {
    expect(interval(0.6, 0.79)).toContain('80% was promised: they are too narrow.');
    expect(interval(0.81, 0.9)).toContain('they are wider than need be.');
    expect(interval(0.75, 0.85)).toBe('Intervals held 75% of 210 outcomes; 80% was promised, which agrees.');
    expect(interval(0.6, 0.79, 29)).toContain('29 matured forecasts: too few');
  });
});
