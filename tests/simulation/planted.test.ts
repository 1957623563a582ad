import { beforeAll, describe, expect, it } from 'vitest';

import { isoDate } from '../../src/core/dates.js';
import { createRng } from '../../src/core/rng.js';
import { correlation } from '../../src/math/correlation.js';
import { mean } from '../../src/math/stats.js';
import { TONES, toneOf } from '../../src/simulation/headlines.js';
import { expectedRankIc } from '../../src/simulation/planted-slope.js';
import { PURE_NOISE, type SimulationOptions } from '../../src/simulation/settings.js';
import { syntheticMarket, type SyntheticMarket } from '../../src/simulation/synthetic-market.js';
import { meanIc, rankIcs, residualOutcome, sectorOutcome, type MeanIc, type Outcome } from './rank-ics.js';

const SEEDS = [1, 2, 3, 4, 5];
const SIZE = { symbols: 250, start: isoDate('2013-01-02'), end: isoDate('2017-12-29') };
const none = { ic: 0, persistence: 0.9 };

/** Markets of five seeds in which the drivers are there, but move nothing. */
const NOISE: SimulationOptions = { ...SIZE, ...PURE_NOISE, signals: [{ name: 'signal-a', horizon: 5, ...none }], momentum: { ic: 0 }, graph: { ic: 0 } };

let [planted, noise]: SyntheticMarket[][] = [];
beforeAll(() => {
  [planted, noise] = [SIZE, NOISE].map((options) => SEEDS.map((seed) => syntheticMarket(options, createRng(seed))));
}, 120_000);

type Driver = (market: SyntheticMarket) => (symbol: number, t: number) => number;
const signal = (name: string): Driver => ({ signals, sessions }) => (i, t) => signals.get(name)![i * sessions.length + t];
const momentum: Driver = ({ truth, sessions }) => (i, t) => truth.momentum[i * sessions.length + t] || NaN;
const neighbours: Driver = ({ truth, sessions }) => (i, t) => truth.neighbours[i * sessions.length + t];
/** The return of three months without the last, as the feature momentum-3-1 reads it from the bars. */
const pastReturn: Driver = ({ bars: { close }, sessions }) => (i, t) => (t < 63 ? NaN : Math.log(close[i * sessions.length + t - 21] / close[i * sessions.length + t - 63]));

const over = (markets: readonly SyntheticMarket[], driver: Driver, horizon: number, outcome: (market: SyntheticMarket, horizon: number) => Outcome = residualOutcome): MeanIc => meanIc(markets.flatMap((market) => rankIcs(market, driver(market), outcome(market, horizon), horizon, 64)));

describe('what is planted', () => {
  it.each([
    ['signal-a', signal('signal-a'), 5, 0.05, 0.002],
    ['signal-b', signal('signal-b'), 10, 0.02, 0.003],
    ['the moves of neighbours', neighbours, 1, 0.06, 0.001],
  ] as const)('has the rank IC that was stated, within 3 standard errors over 5 seeds: %s', (_, driver, horizon, target, precision) => {
    const { ic, standardError } = over(planted, driver, horizon);
    expect(standardError).toBeLessThan(precision);
    expect(Math.abs(ic - target)).toBeLessThan(3 * standardError);
  });

  it('has among past returns the rank IC that was stated, and what persistent signals add to it', () => {
    const alone = SEEDS.map((seed) => syntheticMarket({ ...SIZE, signals: [] }, createRng(seed)));
    const { ic, standardError } = over(alone, momentum, 5);
    expect(standardError).toBeLessThan(0.0025);
    expect(Math.abs(ic - 0.03)).toBeLessThan(3 * standardError);
    const added = planted[0].settings.signals.map(({ name, persistence }, k) => {
      const own = expectedRankIc(planted[0].truth.slopes.signals[k], { horizon: 5, autocorrelation: (lag) => persistence ** lag }, planted[0].settings);
      const shared = planted.flatMap((market) => rankIcs(market, momentum(market), signal(name)(market), 5, 64));
      return own * mean(shared);
    });
    expect(added.every((more) => more > 0)).toBe(true);
    expect(Math.abs(over(planted, momentum, 5).ic - added.reduce((sum, more) => sum + more, 0.03))).toBeLessThan(3 * standardError);
  });

  it('is found from the bars alone: past returns against returns net of the sector', () => {
    const { ic, standardError } = over(planted, pastReturn, 5, sectorOutcome);
    expect(ic / standardError).toBeGreaterThan(5);
    expect(ic).toBeGreaterThan(0.5 * 0.03);
    expect(ic).toBeLessThan(1.3 * 0.03);
  });

  it('leaves less of a signal in returns net of the sector mean than in the true residual, never nothing', () => {
    const [net, pure] = [over(planted, signal('signal-a'), 5, sectorOutcome), over(planted, signal('signal-a'), 5)];
    expect(net.ic).toBeGreaterThan(0.8 * pure.ic);
    expect(net.ic).toBeLessThan(pure.ic + 2 * pure.standardError);
  });

  it('explains the share of the variance that its slopes say, and leaves the variance as it was', () => {
    for (const { truth } of [planted[0], noise[0]]) {
      const scaled = truth.residual.map((value, at) => value / truth.volatility[at]).filter((value) => Math.abs(value) < 4);
      expect(mean(scaled.map((value) => value * value))).toBeGreaterThan(0.95);
      expect(mean(scaled.map((value) => value * value))).toBeLessThan(1.1); // the smaller jumps are among them
    }
    expect(planted[0].truth.slopes.noise ** 2 + [...planted[0].truth.slopes.signals, planted[0].truth.slopes.momentum, planted[0].truth.slopes.graph].reduce((sum, slope) => sum + slope ** 2, 0)).toBeCloseTo(1, 12);
  });
});

describe('pure noise', () => {
  it.each([
    ['a signal', signal('signal-a'), 5, residualOutcome],
    ['momentum', momentum, 5, residualOutcome],
    ['past returns, from the bars', pastReturn, 5, sectorOutcome],
    ['the moves of neighbours', neighbours, 1, residualOutcome],
  ] as const)('is foretold by nothing, 5 seeds: %s', (_, driver, horizon, outcome) => {
    const { ic, standardError } = over(noise, driver, horizon, outcome);
    expect(Math.abs(ic)).toBeLessThan(3 * standardError);
    expect(standardError).toBeLessThan(0.004);
  });

  it('has no graph where none is wanted', () => {
    const bare = syntheticMarket({ symbols: 20, ...PURE_NOISE }, createRng(1));
    expect(bare.truth.graph).toBeNull();
    expect(bare.truth.neighbours.every((value) => value === 0)).toBe(true);
    expect(bare.truth.slopes).toEqual({ signals: [], momentum: 0, graph: 0, noise: 1 });
  });
});

describe('the hidden graph', () => {
  it('joins each stock with as many of its sector as were asked for', () => {
    const { truth: { graph }, sectors } = planted[0];
    graph!.from.forEach((from, edge) => expect(sectors[from]).toBe(sectors[graph!.to[edge]]));
    const sizes = new Map<string, number>();
    for (const sector of sectors) sizes.set(sector, (sizes.get(sector) ?? 0) + 1);
    graph!.neighbours.forEach((list, i) => expect(list.length).toBe(Math.min(4, sizes.get(sectors[i])! - 1)));
  });

  it('shows in the correlation of residuals along its edges, and only there', () => {
    const { truth: { graph, residual, volatility }, sessions, symbols } = planted[0];
    const scaled = symbols.map((_, i) => Float64Array.from({ length: sessions.length }, (__, t) => Math.max(-4, Math.min(4, (residual[i * sessions.length + t] || 0) / volatility[i * sessions.length + t]))));
    const along = Array.from(graph!.from, (from, edge) => correlation(scaled[from], scaled[graph!.to[edge]])!);
    const across = symbols.slice(1).flatMap((_, i) => (graph!.neighbours[0].includes(i + 1) ? [] : [correlation(scaled[0], scaled[i + 1])!]));
    expect(mean(along)).toBeGreaterThan(0.15); // coupling / neighbours = 0.2, less where bars are missing
    expect(mean(along)).toBeLessThan(0.21);
    expect(Math.abs(mean(across))).toBeLessThan(0.01);
  });
});

describe('synthetic news', () => {
  it('come before the move that they foretell, with the correlation that was set', () => {
    const [tones, moves]: number[][] = [[], []];
    for (const { news, truth, sessions } of planted) {
      news.tone.forEach((tone, item) => {
        const next = news.symbol[item] * sessions.length + news.session[item] + 1;
        const move = truth.residual[next] / truth.volatility[next];
        if (news.session[item] + 1 >= sessions.length || Number.isNaN(move) || Math.abs(move) > 3.5) return; // jumps come beside it
        tones.push(tone);
        moves.push(move);
      });
    }
    expect(tones.length).toBeGreaterThan(50_000);
    expect(Math.abs(correlation(tones, moves)! - 0.4)).toBeLessThan(0.02);
  });

  it('come after the close and before the decision of their session', () => {
    const { news, sessions } = planted[0];
    news.firstSeenAt.forEach((seen, item) => {
      const hour = (seen - sessions[news.session[item]] * 86_400_000) / 3_600_000;
      expect(hour >= 21.5 && hour < 24).toBe(true);
    });
  });

  it('are as many as set, foretell nothing in pure noise, and say their tone in words', () => {
    const { news, bars } = noise[0];
    const expected = (bars.close.filter((close) => !Number.isNaN(close)).length * 12) / 252;
    expect(Math.abs(news.titles.length - expected)).toBeLessThan(4 * Math.sqrt(expected));
    const pairs = Array.from(news.tone.keys()).filter((item) => news.session[item] + 1 < noise[0].sessions.length).map((item) => [news.tone[item], noise[0].truth.residual[news.symbol[item] * noise[0].sessions.length + news.session[item] + 1]]).filter(([, move]) => !Number.isNaN(move));
    expect(Math.abs(correlation(pairs.map(([tone]) => tone), pairs.map(([, move]) => move))!)).toBeLessThan(4 / Math.sqrt(pairs.length));
    expect(news.titles.every((title) => title.startsWith('Synthetic Company '))).toBe(true);
    const good = /outstanding|amazing|excellent|brilliant|great|best/;
    news.titles.forEach((title, item) => expect(good.test(title), title).toBe(TONES[toneOf(news.tone[item])] === 'very positive'));
  });
});
