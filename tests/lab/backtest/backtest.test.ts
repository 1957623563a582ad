import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runWeights } from '../../../src/backtest/run-weights.js';
import { orderLines } from '../../../src/backtest/run-backtest.js';
import { isoDate } from '../../../src/core/dates.js';
import { walkForward } from '../../../src/dataset/split/walk-forward.js';
import { momentum, ownStrategy, priority, targetWeights } from '../../../src/lab/backtest/plan.js';
import { openConfigured, type Lab } from '../../../src/lab/open.js';
import type { Scores } from '../../../src/lab/research/scores.js';
import { createForecaster } from '../../../src/models/registry.js';
import type { Strategy } from '../../../src/strategy/strategy.js';
import { Panel } from '../../../src/table/panel.js';
import { countTrials } from '../../../src/tracking/count-trials.js';
import { eveningOf, smallConfig, temporaryFolder, TODAY, writeSmallMarket } from '../../pipeline/small-market.js';

const [SINCE, UNTIL] = ['2018-01-08', '2018-01-31'];

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let data: string;
let lab: Lab;
let scores: Scores;
beforeAll(async () => {
  place = await temporaryFolder();
  data = await writeSmallMarket(join(place.folder, 'data'));
  lab = await project('lab');
  scores = await scoresOf(lab);
});
afterAll(() => place.remove());

async function project(name: string): Promise<Lab> {
  return openConfigured(await smallConfig(join(place.folder, name), data), { clock: eveningOf(TODAY) });
}

/** Scores of a rule that learns nothing, from January 2018 on. */
async function scoresOf(from: Lab): Promise<Scores> {
  const bars = await from.panel();
  const forecaster = createForecaster('reversal');
  const features = await from.features(bars, forecaster.features!);
  return from.crossFit(forecaster, features, from.labels(bars, { horizon: 4 }), walkForward({ train: 60, test: 100, start: bars.indexOf(isoDate('2018-01-02')) }));
}

describe('a backtest over scores', () => {
  it('decides on the sessions that have scores, starts with cash alone and accounts for all of it', async () => {
    const { run, figures } = await lab.backtest(priority(scores), { start: SINCE, end: UNTIL, experiment: 'spans' });
    expect([figures.first, figures.last, run.equity[0]]).toEqual([SINCE, UNTIL, 1_000_000]);
    expect(run.fills.length).toBeGreaterThan(8);
    expect(run.fills.every(({ session }) => session > SINCE)).toBe(true);
    const whole = await lab.backtest(priority(scores), { experiment: 'spans' });
    expect(whole.figures.first).toBe('2018-01-02');
  }, 60_000);

  it('gives the evening that the daily run would: the same orders', async () => {
    const { run, strategy } = await lab.backtest(priority(scores), { start: SINCE, end: UNTIL, experiment: 'evening' });
    const document = await lab.recommend({ asOf: SINCE, strategy: strategy as ReturnType<typeof priority> });
    const first = run.orders.filter(({ session }) => session === SINCE);
    expect(document.recommendations.filter(({ action }) => action === 'enter').map(({ symbol }) => symbol).sort()).toEqual(first.map(({ symbol }) => symbol).sort());
    expect(document.notices[0]).toContain('scores of reversal');
  }, 60_000);

  it('tells a reader the levels, companies and listed symbols of its trades', async () => {
    const report = (await lab.backtest(priority(scores, { stopRanges: 1, targetRanges: 1 }), { experiment: 'levels' })).report();
    const { run, levels, companies, listed } = report.input;
    const ended = run.trades.filter(({ why }) => why === 'stop' || why === 'target');
    expect(new Set(ended.map(({ why }) => why)).size).toBe(2);
    for (const { symbol, entrySession, exitSession, why } of ended) {
      const { stop, target } = levels!(symbol, entrySession)!;
      const { reference } = run.fills.find((fill) => fill.symbol === symbol && fill.session === exitSession && fill.side === 'sell')!;
      if (why === 'stop') expect(reference).toBeLessThanOrEqual(stop!);
      else expect(reference).toBeGreaterThanOrEqual(target!);
    }
    expect([companies!.get('AAPL'), listed!('META', isoDate('2018-01-10')), listed!('AAPL', isoDate('2018-01-10'))]).toEqual([expect.stringContaining('Apple'), 'FB', 'AAPL']);
    expect(report.page()).toContain('Apple');
  }, 60_000);

  it('refuses scores by models that had learnt from what they foretell', async () => {
    const [fold] = scores.folds;
    const ahead = { ...scores, folds: [{ ...fold, trainThrough: isoDate('2018-01-31') }] };
    await expect(lab.backtest(priority(ahead))).rejects.toMatchObject({ code: 'LOOKS_AHEAD' });
  });

  it('says which sessions have scores where none were asked for that do', async () => {
    await expect(lab.backtest(priority(scores), { end: '2017-12-01' })).rejects.toThrow('from 2018-01-02 to 2018-02-07');
    await expect(lab.recommend({ asOf: '2017-12-01', strategy: priority(scores) })).rejects.toMatchObject({ code: 'NO_SCORES' });
  });

  it('trades by the settings that it is given', async () => {
    const of = async (options: Parameters<Lab['backtest']>[1]) => lab.backtest(priority(scores), { start: SINCE, end: UNTIL, experiment: 'settings', ...options });
    const [plain, free, poor] = [await of({}), await of({ costs: 'none' }), await of({ cash: 50_000 })];
    expect(plain.figures.costs.total).toBeGreaterThan(0);
    expect(free.figures.costs.total).toBe(0);
    expect(poor.figures.initialEquity).toBe(50_000);
    expect(poor.run.fills[0].shares).toBeLessThan(plain.run.fills[0].shares);
    const alone = await of({ benchmark: null });
    expect([alone.benchmark, alone.figures.performance.benchmark]).toEqual([null, null]);
  }, 60_000);

  it.each([
    [{ cost: 'none' }, 'did you mean "costs"?'],
    [{ costs: 'free' }, 'found "free"'],
    [{ costs: { commissionBps: -1 } }, 'options of lab.backtest: portfolio.costs.commissionBps: expected a number'],
    [{ benchmark: 'NOPE' }, 'found "NOPE"'],
  ])('refuses options %j', async (options, message) => {
    await expect(lab.backtest(priority(scores), options as never)).rejects.toThrow(message);
  });

  it('refuses settings of the strategy that do not exist, and what is no strategy', async () => {
    await expect(lab.backtest(priority(scores, { tops: 3 } as never))).rejects.toThrow('strategy.priority.tops');
    await expect(lab.backtest(null as never)).rejects.toMatchObject({ code: 'NO_STRATEGY' });
    expect(() => priority({} as never)).toThrow('lab.crossFit');
    await expect(lab.backtest(priority(null))).rejects.toMatchObject({ code: 'NO_START' });
  });
});

describe('what was tried', () => {
  it('is counted: the same again is the same trial, other settings are another', async () => {
    const own = await project('counted');
    const table = await scoresOf(own);
    const once = await own.backtest(priority(table, { top: 3 }), { start: SINCE, end: UNTIL });
    const again = await own.backtest(priority(table, { top: 3 }), { start: SINCE, end: UNTIL });
    expect([again.id, again.luck.trials.count, await countTrials(own.tracker, 'lab')]).toEqual([once.id, 1, 1]);
    expect(again.run).toEqual(once.run);
    const other = await own.backtest(priority(table, { top: 4 }), { start: SINCE, end: UNTIL });
    expect(other.luck.trials).toMatchObject({ count: 2, aligned: 2 });
    const elsewhere = await own.backtest(priority(table, { top: 3 }), { start: SINCE, end: '2018-01-26' });
    expect(elsewhere.luck.trials).toMatchObject({ count: 3, aligned: 1, elsewhere: 2 });
    own.evaluate(table, own.labels(await own.panel(), { horizon: 4 }));
    const after = await own.backtest(priority(table, { top: 5 }), { start: SINCE, end: UNTIL });
    expect(after.luck.trials).toMatchObject({ count: 5, withoutReturns: 1 });
    const [record] = (await own.tracker.runs('lab')).filter(({ id }) => id === once.id);
    expect(record).toMatchObject({ name: 'priority', status: 'finished', evaluations: 2, params: { strategy: 'priority', top: 3, first: SINCE } });
    expect(record.metrics['sharpe']).toBe(once.figures.performance.sharpeRatio);
  }, 120_000);

  it('is kept for strategies of one\'s own too, but never read in place of running them', async () => {
    let asked = 0;
    const idle: Strategy = {
      name: 'idle', describe: 'holds nothing', lookback: 10, features: [],
      decide(view) {
        asked++;
        return { session: view.session, targets: [], leftOut: [] };
      },
    };
    const first = await lab.backtest(idle, { start: SINCE, end: UNTIL, experiment: 'own' });
    const calls = asked;
    const second = await lab.backtest(ownStrategy(idle), { start: SINCE, end: UNTIL, experiment: 'own' });
    expect([calls, asked]).toEqual([17, 34]);
    expect(second.id).toBe(first.id);
    expect([first.figures.performance.sharpeRatio, first.luck.sharpe, first.luck.deflated]).toEqual([null, null, null]);
    expect(first.report().page()).toContain('</html>');
  }, 60_000);
});

describe('a strategy that asks no model', () => {
  it('begins when it has its history', async () => {
    const { figures } = await lab.backtest(momentum({ minMomentum: -1 }), { end: '2017-06-30', experiment: 'momentum' });
    expect(figures.first).toBe('2017-06-02'); // 253 sessions after the first bar
  }, 60_000);
});

describe('a matrix of weights', () => {
  it('is the research book, from its first decision on', async () => {
    const bars = await lab.panel({ start: '2017-11-01', end: UNTIL });
    const weight = new Float64Array(bars.symbols.length * bars.sessions.length).fill(Number.NaN);
    const from = bars.indexOf(isoDate('2017-12-01'));
    bars.symbols.forEach((symbol, row) => (weight[row * bars.sessions.length + from] = ['AAPL', 'JPM'].includes(symbol) ? 0.5 : 0));
    const weights = new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns: { weight } });
    const { run, figures, params } = await lab.backtest(targetWeights(bars, weights, { name: 'pair', params: { names: ['AAPL', 'JPM'] } }), { experiment: 'weights' });
    const plain = runWeights({ bars, weights, initialCash: 1_000_000, costs: { commissionBps: 1, halfSpreadBps: 2, slippageBps: 2 } });
    expect([...run.equity]).toEqual([...plain.equity.subarray(from)]);
    expect([figures.first, figures.trades, run.names.at(-1), params['names']]).toEqual(['2017-12-01', null, 2, 'AAPL,JPM']);
    expect(orderLines(run)).toEqual([]);
    await expect(lab.backtest(targetWeights(bars, weights), { rules: 'none' })).rejects.toMatchObject({ code: 'IDLE_OPTION' });
  }, 60_000);

  it('says when names were no members', async () => {
    const bars = await lab.panel({ start: '2018-01-10', end: UNTIL });
    const weights = new Panel({ symbols: bars.symbols, sessions: bars.sessions, columns: { weight: new Float64Array(bars.symbols.length * bars.sessions.length).fill(1 / 40) } });
    const { caveats } = (await lab.backtest(targetWeights(bars, weights), { experiment: 'outsiders' })).report().input;
    expect(caveats[0]).toMatch(/^18 of 450 weights are of names that were no members/); // BA before 23 January, IBM after the 18th
  }, 60_000);
});
