import { describe, expect, it } from 'vitest';

import { createRng } from '../../../src/core/rng.js';
import { judgeLuck, type LuckInput } from '../../../src/evaluation/luck/judge-luck.js';
import type { Trial } from '../../../src/evaluation/luck/luck.js';
import { backtestOverfitting } from '../../../src/evaluation/overfitting/backtest-overfitting.js';
import { expectedMaximumSharpe } from '../../../src/evaluation/overfitting/deflated-sharpe.js';
import { haircutSharpe } from '../../../src/evaluation/overfitting/haircut-sharpe.js';
import { minimumTrackRecordLength, probabilisticSharpeRatio } from '../../../src/evaluation/overfitting/probabilistic-sharpe.js';
import { sharpeOf, sharpeSample } from '../../../src/evaluation/overfitting/sharpe-sample.js';
import { sharpeRatio } from '../../../src/evaluation/performance/sharpe-ratio.js';
import { standardDeviation } from '../../../src/math/stats.js';
import { noise } from '../overfitting/noise.js';

const SESSIONS = 500;

function trialsOf(count: number, { seed = 1, drift = () => 0 }: { seed?: number; drift?: (trial: number) => number } = {}): Trial[] {
  return noise(count, SESSIONS, { rng: createRng(seed), drift }).map((returns, at) => ({ id: `t${at}`, name: `trial ${at}`, sharpe: sharpeOf(returns), returns }));
}

const inputOf = (trials: readonly Trial[], more: Partial<LuckInput> = {}): LuckInput => ({ returns: trials[0].returns!, own: trials[0].id, trials, benchmark: { name: 'cash', returns: new Float64Array(trials[0].returns!.length) }, rng: createRng(7), replicates: 300, ...more });

describe('luck', () => {
  const trials = trialsOf(12, { drift: (trial) => (trial === 0 ? 0.0025 : 0) });
  const luck = judgeLuck(inputOf(trials));
  const sample = sharpeSample(trials[0].returns!)!;

  it('is what each method says by itself', () => {
    const variance = standardDeviation(trials.map(({ sharpe }) => sharpe!)) ** 2;
    const threshold = expectedMaximumSharpe(12, variance);
    expect(luck.trials).toEqual({ count: 12, aligned: 12, elsewhere: 0, withoutReturns: 0 });
    expect(luck.sharpe).toBeCloseTo(sharpeRatio(trials[0].returns!)!, 12);
    expect(luck.probabilistic).toBe(probabilisticSharpeRatio(sample));
    expect(luck.deflated).toEqual({ probability: probabilisticSharpeRatio(sample, threshold), threshold: expect.closeTo(threshold * Math.sqrt(252), 12) });
    expect(luck.minimumTrackRecord).toBe(minimumTrackRecordLength(sample));
    expect(luck.minimumBacktestYears).toBeCloseTo((expectedMaximumSharpe(12) / luck.sharpe!) ** 2, 12);
    const haircut = haircutSharpe(trials.map(({ sharpe }) => sharpe!), SESSIONS)[0];
    expect(luck.haircut!.holm).toEqual({ ...haircut.holm, sharpe: expect.closeTo(haircut.holm.sharpe * Math.sqrt(252), 12) });
    const { probability, probabilityOfLoss } = backtestOverfitting(trials.map(({ returns }) => returns!), { blocks: 16 });
    expect(luck.overfitting).toEqual({ probability, probabilityOfLoss, trials: 12, blocks: 16 });
  });

  it('finds the one trial that earns something', () => {
    expect(luck.superior).toMatchObject({ benchmark: 'cash', best: 'trial 0', trials: 12 });
    expect(luck.superior!.studentised.pValues.consistent).toBeLessThan(0.05);
    expect(luck.stepwise!.map(({ name, rejected }) => [name, rejected])[0]).toEqual(['trial 0', true]);
    expect(luck.stepwise!.filter(({ rejected }) => rejected)).toHaveLength(1);
    expect(luck.stepwise!.map(({ pValue }) => pValue)).toEqual(luck.stepwise!.map(({ pValue }) => pValue).sort((a, b) => a - b));
    const [low, high] = luck.sharpeInterval!;
    expect(low).toBeGreaterThan(0);
    expect(low < luck.sharpe! && luck.sharpe! < high).toBe(true);
    expect(luck.blockLength).toBeGreaterThanOrEqual(1);
  });

  it('is plain JSON, and the same for the same seed', () => {
    expect(JSON.parse(JSON.stringify(luck))).toEqual(luck);
    expect(judgeLuck(inputOf(trials))).toEqual(luck);
  });

  it('of a method does not change when another is left out', () => {
    const { superior, stepwise, ...rest } = judgeLuck(inputOf(trials, { benchmark: null }));
    expect([superior, stepwise]).toEqual([null, null]);
    expect(luck).toMatchObject(rest);
  });

  it('takes the rate without risk off all trials, and a year as long as it is told', () => {
    const found = judgeLuck(inputOf(trials, { riskFree: 0.0002, sessionsPerYear: 100 }));
    expect(found.sharpe).toBeCloseTo(sharpeRatio(trials[0].returns!, { riskFree: 0.0002, sessionsPerYear: 100 })!, 12);
    const sharpes = trials.map(({ returns }) => sharpeOf(returns!.map((value) => value - 0.0002))!);
    expect(found.deflated!.threshold).toBeCloseTo(10 * expectedMaximumSharpe(12, standardDeviation(sharpes) ** 2), 12);
    expect(found.superior).toEqual(luck.superior);
    expect(judgeLuck(inputOf(trials, { riskFree: new Float64Array(SESSIONS).fill(0.0002), sessionsPerYear: 100 }))).toEqual(found);
  });
});

describe('luck of what is not there', () => {
  it('of a single trial: deflated is the probabilistic ratio against 0, nothing is overfit, and it stands alone against the benchmark', () => {
    const found = judgeLuck(inputOf(trialsOf(1, { drift: () => 0.001 })));
    expect(found.trials).toEqual({ count: 1, aligned: 1, elsewhere: 0, withoutReturns: 0 });
    expect(found.deflated).toEqual({ probability: found.probabilistic, threshold: 0 });
    expect(found).toMatchObject({ overfitting: null, minimumBacktestYears: 0, superior: { trials: 1, best: 'trial 0' } });
    expect(found.stepwise).toHaveLength(1);
    expect(found.haircut!.bonferroni.pValue).toBe(found.haircut!.pValue);
  });

  it('counts trials elsewhere and trials without returns, which only the methods that need no returns can use', () => {
    const [own, other] = trialsOf(2);
    const more: Trial[] = [own, other, { id: 'e', name: 'elsewhere', sharpe: 0.3, returns: null }, { id: 's', name: 'scores', sharpe: null, returns: null }, { ...other }];
    const found = judgeLuck(inputOf(more));
    expect(found.trials).toEqual({ count: 4, aligned: 2, elsewhere: 1, withoutReturns: 1 });
    const variance = standardDeviation([own.sharpe!, other.sharpe!, 0.3]) ** 2;
    expect(found.deflated!.threshold).toBeCloseTo(Math.sqrt(252) * expectedMaximumSharpe(4, variance), 12);
    expect(found.haircut!.bonferroni.pValue).toBe(Math.min(1, 4 * found.haircut!.pValue));
    expect([found.overfitting!.trials, found.superior!.trials, found.stepwise!.length]).toEqual([2, 2, 2]);
  });

  it('says no deflated ratio where many were tried, but no other has a Sharpe ratio', () => {
    const [own] = trialsOf(1);
    const found = judgeLuck(inputOf([own, { id: 's', name: 'scores', sharpe: null, returns: null }]));
    expect(found.deflated).toBeNull();
    expect(found.probabilistic).not.toBeNull();
    expect(found.minimumBacktestYears === null).toBe(own.sharpe! <= 0);
  });

  it('takes trials that earned the very same as no choice, but as trials', () => {
    const [own] = trialsOf(1);
    const found = judgeLuck(inputOf([own, { ...own, id: 'twin', name: 'twin' }]));
    expect(found.trials.count).toBe(2);
    expect(found.deflated).toEqual({ probability: found.probabilistic, threshold: 0 });
    expect(found.overfitting).toBeNull();
    expect(found.superior!.trials).toBe(2);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('says nothing of a Sharpe ratio that does not exist', () => {
    const [still, other] = [new Float64Array(SESSIONS).fill(0.001), trialsOf(1)[0]];
    const found = judgeLuck(inputOf([{ id: 'still', name: 'still', sharpe: null, returns: still }, other]));
    expect(found).toMatchObject({ sharpe: null, sharpeInterval: null, blockLength: null, probabilistic: null, deflated: null, minimumTrackRecord: null, minimumBacktestYears: null, haircut: null });
    expect(found.superior!.trials).toBe(2);
    expect(found.stepwise!.find(({ name }) => name === 'still')).toEqual({ name: 'still', pValue: 1, rejected: false });
    const alone = judgeLuck(inputOf([{ id: 'still', name: 'still', sharpe: null, returns: still }], { benchmark: { name: 'itself', returns: still } }));
    expect([alone.superior, alone.stepwise, alone.overfitting]).toEqual([null, null, null]);
  });

  it.each([0, 1, 2, 5, 19, 20, 79, 80, 159, 319, 320])('of %i sessions says what so many can say', (count) => {
    const cut = trialsOf(3).map((trial) => ({ ...trial, returns: trial.returns!.slice(0, count) }));
    const found = judgeLuck(inputOf(cut, { replicates: 50 }));
    expect(found.sessions).toBe(count);
    expect(found.sharpe === null).toBe(count < 2);
    expect([found.sharpeInterval === null, found.superior === null, found.stepwise === null]).toEqual(new Array(3).fill(count < 20));
    expect(found.overfitting?.blocks ?? null).toBe({ 80: 4, 159: 6, 319: 14, 320: 16 }[count] ?? null);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });

  it('refuses a record that is not among the trials, and series of other lengths', () => {
    const trials = trialsOf(2);
    expect(() => judgeLuck(inputOf(trials, { own: 'x' }))).toThrow('expected what is judged, "x", among the trials, found 2 others in judgeLuck');
    expect(() => judgeLuck(inputOf([trials[0], { ...trials[1], returns: new Float64Array(3) }]))).toThrow('expected 500 returns of trial "trial 1", found 3');
    expect(() => judgeLuck(inputOf(trials, { benchmark: { name: 'SPY', returns: [1] } }))).toThrow('expected 500 returns of benchmark "SPY", found 1');
    expect(() => judgeLuck(inputOf(trials, { benchmark: { name: 'SPY', returns: trials[0].returns!.with(4, Number.NaN) } }))).toThrow('expected a finite return of benchmark "SPY" at each session, found NaN at 4');
  });
});

describe('luck of trades', () => {
  const prices = Array.from({ length: 6 }, (_, row) => {
    const rng = createRng(row);
    let price = 100;
    return Float64Array.from({ length: 200 }, () => (price *= Math.exp(0.01 * rng.normal())));
  });
  const trials = trialsOf(1);
  const spans = Array.from({ length: 30 }, (_, at) => ({ symbol: at % 6, entry: 6 * at, exit: 6 * at + 1 + (at % 5) }));
  const judge = (more: Partial<LuckInput>) => judgeLuck(inputOf(trials, more));

  it('are held against random ones, those without prices or within a session left out and counted', () => {
    const holes = prices.map((series) => series.slice());
    holes[0][0] = Number.NaN;
    const found = judge({ trades: { spans: [...spans, { symbol: 1, entry: 3, exit: 3 }, { symbol: 9, entry: 3, exit: 5 }], prices: holes } }).randomEntry!;
    expect([found.trades, found.leftOut]).toEqual([29, 3]);
    expect(found.selection!.mean).toBe(found.timing!.mean);
    for (const { pValue } of [found.selection!, found.timing!]) expect(pValue > 0 && pValue <= 1).toBe(true);
  });

  it('that know the future are found', () => {
    const knowing = spans.map((span) => ({ ...span, symbol: prices.reduce((best, series, row) => (series[span.exit] / series[span.entry] > prices[best][span.exit] / prices[best][span.entry] ? row : best), 0) }));
    expect(judge({ trades: { spans: knowing, prices } }).randomEntry!.selection!.pValue).toBe(1 / 301);
  });

  it('are not judged where there are none, or nothing else could have been traded', () => {
    for (const trades of [null, undefined, { spans: [], prices }, { spans: [{ symbol: 0, entry: 2, exit: 2 }], prices }, { spans, prices: [] }]) expect(judge({ trades }).randomEntry).toBeNull();
    const alone = judge({ trades: { spans: [{ symbol: 0, entry: 0, exit: 199 }], prices: [prices[0]] } }).randomEntry!;
    expect(alone).toEqual({ trades: 1, leftOut: 0, selection: null, timing: null });
  });

  it('could have come in another order', () => {
    const tradeReturns = Array.from({ length: 60 }, (_, at) => (at % 2 === 0 ? 0.02 : -0.015));
    const { tradeOrder } = judge({ tradeReturns });
    expect(tradeOrder!.observed).toBeCloseTo(-0.015, 10);
    expect(tradeOrder!.worst5).toBeLessThan(tradeOrder!.median);
    expect(tradeOrder!.median).toBeLessThan(tradeOrder!.observed);
    for (const none of [null, undefined, [], [0.1]]) expect(judge({ tradeReturns: none }).tradeOrder).toBeNull();
  });
});
