import { describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { rankRegressionConfig, type RankRegressionConfig } from '../../src/models/baselines/config.js';
import { fitRankRegression, predictRankRegression, type RankRegressionFit, type RankRegressionInput } from '../../src/models/baselines/rank-regression.js';
import { altered, shuffled, study, VOLATILITY } from './study.js';

const settings = (changes: Partial<RankRegressionConfig> = {}): RankRegressionConfig => ({ ...rankRegressionConfig.parse({}), ...changes });
const fit = (input: RankRegressionInput, changes: Partial<RankRegressionConfig> = {}): RankRegressionFit => fitRankRegression(input, settings(changes))!;

const INDEX = 200;

describe('the clock of the regression', () => {
  describe.each([1, 3, 10])('with a horizon of %d', (horizon) => {
    const given = { ...study({ sessions: 260, horizon, slope: 0.3, scores: 'sessions' }), index: INDEX };
    const last = INDEX - 1 - horizon;
    const whole = fit(given);

    it('does not see an open after the session it stands in', () => {
      expect(fit(altered(given, 'open', (open, _, t) => (t > INDEX ? 1000 * open : open)))).toEqual(whole);
      expect(fit(altered(given, 'open', (open, _, t) => (t > INDEX ? Number.NaN : open)))).toEqual(whole);
    });

    it('sees the open of the session it stands in: the last outcome ends there', () => {
      expect(fit(altered(given, 'open', (open, row, t) => (t === INDEX && row === 0 ? 2 * open : open)))).not.toEqual(whole);
    });

    it('does not learn from scores whose outcome is not known yet', () => {
      expect(fit(altered(given, 'score', (score, row, t) => (t > last ? -row : score)))).toEqual(whole);
      expect(fit(altered(given, 'score', (score, row, t) => (t === last ? -row : score)))).not.toEqual(whole);
    });

    it('gives the same on data that end at the session', () => {
      const session = given.bars.sessions[INDEX];
      const cut = (panel: typeof given.bars): typeof given.bars => panel.until(new Date(session * 86_400_000).toISOString().slice(0, 10) as Parameters<typeof panel.until>[0]);
      expect(fit({ ...given, bars: cut(given.bars), features: cut(given.features) })).toEqual(whole);
    });

    it('counts every session whose outcome is known, the first to the last', () => {
      expect(whole.sessions).toBe(last + 1);
      expect(fit(given, { window: 100 }).sessions).toBe(100);
    });

    it('forgets what lies before the window', () => {
      const window = 100;
      const first = last - window + 1;
      const recent = fit(given, { window });
      expect(fit(altered(given, 'score', (score, row, t) => (t < first ? -row : score)), { window })).toEqual(recent);
      expect(fit(altered(given, 'score', (score, row, t) => (t === first ? -row : score)), { window })).not.toEqual(recent);
      expect(fit(altered(given, 'open', (open, row, t) => (t <= first ? 50 + row : open)), { window })).toEqual(recent);
    });
  });
});

describe('what is learnt', () => {
  it('is the slope that was planted', () => {
    const planted = 0.8;
    const slopes = Array.from({ length: 40 }, (_, seed) => fit(study({ seed, slope: planted, sessions: 400 })).slope);
    const average = slopes.reduce((sum, slope) => sum + slope, 0) / slopes.length;
    const spread = Math.sqrt(slopes.reduce((sum, slope) => sum + (slope - average) ** 2, 0) / (slopes.length - 1) / slopes.length);
    expect(Math.abs(average - planted)).toBeLessThan(3 * spread + 0.02);
    expect(average / spread).toBeGreaterThan(10);
  });

  it('equals the mean of lines drawn session by session', () => {
    const given = { ...study({ symbols: 25, sessions: 90, horizon: 2, slope: 0.5, scores: 'sessions' }), index: 80 };
    const { slope, intercept } = fit(given, { minSessions: 20 });
    const lines = Array.from({ length: 80 - 3 + 1 }, (_, s) => slowLine(given, s));
    expect(slope).toBeCloseTo(lines.reduce((sum, line) => sum + line.slope, 0) / lines.length, 10);
    expect(intercept).toBeCloseTo(lines.reduce((sum, line) => sum + line.intercept, 0) / lines.length, 10);
  });

  /** Scaled outcome against rank at one session, by the textbook's sums. */
  function slowLine({ bars, features, horizon }: RankRegressionInput, s: number): { slope: number; intercept: number } {
    const points = bars.symbols.map((symbol) => {
      const open = bars.series('open', symbol);
      return { score: features.series('score', symbol)[s], y: (open[s + 1 + horizon] / open[s + 1] - 1) / (features.series('volatility', symbol)[s] * Math.sqrt(horizon / 252)) };
    });
    const ranked = points.map(({ score, y }) => ({ x: points.filter((other) => other.score < score).length / (points.length - 1) - 0.5, y }));
    const n = ranked.length;
    const [sx, sy, sxx, sxy] = ranked.reduce(([a, b, c, d], { x, y }) => [a + x, b + y, c + x * x, d + x * y], [0, 0, 0, 0]);
    const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
    return { slope, intercept: (sy - slope * sx) / n };
  }

  it('uses only who counts', () => {
    const given = study({ symbols: 60, slope: 0.5 });
    const counting = { ...given, counts: (row: number): boolean => row % 2 === 0 };
    const absurd = altered(counting, 'open', (open, row) => (row % 2 === 1 ? 1e6 / (1 + row) : open));
    expect(fit(absurd)).toEqual(fit(counting));
  });

  it.each([
    ['a missing score', 'score', Number.NaN],
    ['no volatility', 'volatility', 0],
    ['a missing volatility', 'volatility', Number.NaN],
    ['a missing open', 'open', Number.NaN],
    ['an open of nothing', 'open', 0],
  ] as const)('passes over %s', (_, name, value) => {
    const given = study({ symbols: 50, slope: 0.5 });
    const holed = altered(given, name, (found, row) => (row < 10 ? value : found));
    expect(fit(holed)).toEqual(fit({ ...given, counts: (row) => row >= 10 }));
  });

  it('refuses outcomes across a break of the series, and only those', () => {
    const given = study({ symbols: 50, horizon: 5, sessions: 200 });
    const split = 120; // the first bar on the new level
    const broken = altered(given, 'open', (open, row, t) => (row < 10 && t >= split ? open / 4 : open));
    const segment = Float64Array.from({ length: 50 * 200 }, (_, i) => (Math.floor(i / 200) < 10 && i % 200 >= split ? 1 : 0));
    // the labels of s span s + 1 … s + 6: those of 114 … 118 hold the break
    const expected = fit({ ...given, counts: (row, s) => !(row < 10 && s + 1 < split && s + 6 >= split) });
    const found = fit({ ...broken, bars: broken.bars.with({ segment }) });
    expect(found.slope).toBeCloseTo(expected.slope, 12);
    expect(found.errorLow).toBeCloseTo(expected.errorLow, 12);
    expect(fit(broken).errorLow).not.toBeCloseTo(expected.errorLow, 3);
  });
});

describe('when too little is known', () => {
  it('gives no fit below the least number of sessions', () => {
    const given = study({ sessions: 100, horizon: 5 });
    // 94 sessions have an outcome at position 99
    expect(fitRankRegression(given, settings({ minSessions: 94 }))?.sessions).toBe(94);
    expect(fitRankRegression(given, settings({ minSessions: 95 }))).toBeNull();
    expect(fitRankRegression({ ...given, index: 3 }, settings({ minSessions: 20 }))).toBeNull();
  });

  it('does not count sessions with fewer than twenty names', () => {
    expect(fitRankRegression(study({ symbols: 19 }), settings())).toBeNull();
    expect(fitRankRegression(study({ symbols: 20 }), settings())).not.toBeNull();
  });

  it.each([0, -1])('refuses a horizon of %d', (horizon) => {
    expect(() => fitRankRegression({ ...study(), horizon }, settings())).toThrow(`expected a horizon of at least one session, found ${horizon}`);
  });
});

describe('the t statistic of the slope', () => {
  /** Null: the score says nothing about what follows. */
  function rejections(seeds: number, make: (seed: number) => RankRegressionInput): { share: number; mean: number } {
    const found = Array.from({ length: seeds }, (_, seed) => fit(make(seed)).slopeT!);
    return { share: found.filter((t) => Math.abs(t) > 1.96).length / seeds, mean: found.reduce((sum, t) => sum + t, 0) / seeds };
  }

  it('rejects a shuffled score about as often as it says, though the unshuffled one pays', () => {
    const { share, mean } = rejections(200, (seed) => shuffled(study({ seed, slope: 0.8, symbols: 25, sessions: 160, horizon: 5 }), createRng(seed).fork('shuffle')));
    expect(share).toBeLessThan(0.1);
    expect(share).toBeGreaterThan(0.01);
    expect(Math.abs(mean)).toBeLessThan(0.2);
  });

  it('bears scores that stay, whose outcomes overlap from session to session', () => {
    const { share, mean } = rejections(200, (seed) => study({ seed, symbols: 25, sessions: 260, horizon: 5 }));
    expect(share).toBeLessThan(0.15);
    expect(Math.abs(mean)).toBeLessThan(0.2);
  });

  it('is large where the score pays', () => {
    expect(fit(study({ slope: 1.5, sessions: 400 })).slopeT!).toBeGreaterThan(3);
  });
});

describe('predictRankRegression', () => {
  const known: RankRegressionFit = { intercept: 0.1, slope: 0.4, slopeT: 2, errorLow: -1.2, errorHigh: 1.4, sessions: 100 };
  const scale = 0.3 * Math.sqrt(10 / 252);

  it('scales the line and its errors to the volatility over the horizon', () => {
    const { expectedReturn, interval } = predictRankRegression(known, 0.25, 0.3, 10);
    expect(expectedReturn).toBeCloseTo((0.1 + 0.4 * 0.25) * scale, 12);
    expect(interval[0]).toBeCloseTo((0.2 - 1.2) * scale, 12);
    expect(interval[1]).toBeCloseTo((0.2 + 1.4) * scale, 12);
  });

  it('never promises to lose more than everything', () => {
    expect(predictRankRegression({ ...known, errorLow: -50 }, 0, 2, 10).interval[0]).toBe(-1);
  });

  it.each([0.5, 0.8, 0.95])('gives an interval that holds about %d of the outcomes it has not seen', (interval) => {
    let inside = 0;
    let count = 0;
    for (let seed = 0; seed < 12; seed++) {
      const given = study({ seed, slope: 0.5, symbols: 60, sessions: 420, horizon: 5 });
      const trained = fit({ ...given, index: 300 }, { interval });
      for (let s = 300; s + 6 < 420; s += 6) {
        given.bars.symbols.forEach((symbol, row) => {
          const open = given.bars.series('open', symbol);
          const outcome = open[s + 6] / open[s + 1] - 1;
          const [low, high] = predictRankRegression(trained, row / 59 - 0.5, VOLATILITY, 5).interval;
          if (low <= outcome && outcome <= high) inside++;
          count++;
        });
      }
    }
    expect(inside / count).toBeGreaterThan(interval - 0.03);
    expect(inside / count).toBeLessThan(interval + 0.03);
  });
});
