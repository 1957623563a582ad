import { describe, expect, it } from 'vitest';

import type { DecidedOrder } from '../../../src/backtest/backtest-run.js';
import { isoDate, toEpochDay } from '../../../src/core/dates.js';
import { tradeLevels } from '../../../src/lab/backtest/trade-levels.js';

const [FRIDAY, MONDAY, TUESDAY] = ['2018-01-05', '2018-01-08', '2018-01-09'].map((day) => isoDate(day));
const buy = (symbol: string, levels: Pick<DecidedOrder, 'stop' | 'target'>, session = FRIDAY): DecidedOrder => ({ session, symbol, side: 'buy', shares: 10, kind: 'entry', limit: null, ...levels });
const run = {
  sessions: Int32Array.from([FRIDAY, MONDAY, TUESDAY], toEpochDay),
  orders: [buy('AAA', { stop: 90, target: 120 }), buy('SPL', { stop: 90, target: 120 }), buy('HLD', { stop: null, target: null }), buy('AAA', { stop: 95, target: 130 }, MONDAY), { ...buy('OUT', { stop: null, target: null }), side: 'sell' as const, kind: 'exit' as const }],
};
const levels = tradeLevels(run, (symbol, after, until) => (symbol === 'SPL' && after === FRIDAY && until === MONDAY ? 2 : 1));

describe('the levels of a trade', () => {
  it('are those ordered the evening before its first session, over a weekend too', () => {
    expect([levels('AAA', MONDAY), levels('AAA', TUESDAY)]).toEqual([{ stop: 90, target: 120 }, { stop: 95, target: 130 }]);
  });

  it('are in shares of the session of the entry', () => {
    expect(levels('SPL', MONDAY)).toEqual({ stop: 45, target: 60 });
  });

  it('are absent of a position without any, and none of what was not bought then', () => {
    expect(levels('HLD', MONDAY)).toEqual({ stop: null, target: null });
    expect([levels('OUT', MONDAY), levels('SPL', TUESDAY), levels('AAA', FRIDAY), levels('ZZZ', MONDAY)]).toEqual([null, null, null, null]);
  });
});
