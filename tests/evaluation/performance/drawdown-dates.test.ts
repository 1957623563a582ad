import { describe, expect, it } from 'vitest';
import { toEpochDay } from '../../../src/core/dates.js';
import { dateDrawdowns } from '../../../src/evaluation/performance/drawdown-dates.js';
import { drawdowns } from '../../../src/evaluation/performance/drawdown.js';

const sessions = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-08'].map((date) => toEpochDay(date as never));

describe('dates of drawdowns', () => {
  it('are the sessions of the equity curve, which begins one before the first return', () => {
    const found = drawdowns([-0.5, 1, 0, -0.25]);
    expect(dateDrawdowns(found, sessions)).toEqual([
      { ...found[0], peakSession: '2024-01-02', troughSession: '2024-01-03', recoverySession: '2024-01-04' },
      { ...found[1], peakSession: '2024-01-04', troughSession: '2024-01-08', recoverySession: null },
    ]);
    expect(dateDrawdowns([], [])).toEqual([]);
  });

  it('refuse sessions of returns alone', () => {
    expect(() => dateDrawdowns(drawdowns([-0.5, 1, 0, -0.25]), sessions.slice(1))).toThrow('found 4 and a drawdown that reaches position 4 in dateDrawdowns');
  });
});
