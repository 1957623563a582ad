import { describe, expect, it } from 'vitest';

import type { Insight } from '../../src/models/forecaster.js';
import { insightRemarks } from '../../src/recommendation/network-remarks.js';

const SYMBOLS = ['AA', 'BB', 'CC', 'DD', 'EE'];

function insight(past: number, changes: Partial<Insight> = {}): Insight {
  const attention = Float64Array.from({ length: 2 * past }, (_, at) => (at < past ? 1 / past : (2 * (at - past + 1)) / (past * (past + 1)))); // even of the first, rising of the second
  return { attention, past, selection: new Float64Array(4), neighbours: [[], [4, 2, 0, 1].map((row, at) => ({ row, weight: 0.4 - 0.1 * at }))], fromOthers: Float64Array.of(0, -0.02), ...changes };
}

describe('what a network looked at', () => {
  it('is told as the share of the last week and the three it heard most of', () => {
    const [sessions, neighbours] = insightRemarks(insight(20), 1, SYMBOLS);
    expect(sessions).toEqual({ code: 'network-sessions', values: { sessions: 5, share: expect.closeTo((20 + 19 + 18 + 17 + 16) / 210, 12), window: 20 } });
    expect(neighbours).toEqual({ code: 'network-neighbours', values: { names: 'EE, CC, AA', share: expect.closeTo(0.9, 12), effect: -0.02 } });
  });

  it('is nothing of neighbours where none were heard, and nothing of a week that is all there is', () => {
    expect(insightRemarks(insight(20), 0, SYMBOLS)).toEqual([{ code: 'network-sessions', values: { sessions: 5, share: expect.closeTo(0.25, 12), window: 20 } }]);
    for (const past of [1, 5]) expect(insightRemarks(insight(past), 0, SYMBOLS)).toEqual([]);
  });

  it('is nothing of a name that the network did not look at', () => {
    expect(insightRemarks(insight(20, { attention: new Float64Array(40).fill(Number.NaN) }), 0, SYMBOLS)).toEqual([]);
  });
});
