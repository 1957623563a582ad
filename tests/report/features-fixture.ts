import type { FeatureSummary, FeatureValue } from '../../src/recommendation/recommendation.js';

/** Features of a card with the middle and the spread of made-up values. */
const SHOWN: readonly (readonly [name: string, describe: string, unit: string, middle: number, spread: number])[] = [
  ['momentum-12-1', 'return from 252 to 21 sessions ago', 'return', 0.14, 0.3],
  ['reversal-5', 'return of the last 5 sessions with its sign turned', 'return', -0.01, 0.04],
  ['realized-volatility-21', 'root mean squared daily log return of 21 sessions, annualized', 'annualized volatility', 0.24, 0.09],
  ['beta-60', 'slope of the daily returns on those of the market over 60 sessions', 'ratio', 1.02, 0.4],
  ['relative-strength-sector-63', 'return of 63 sessions less the mean of the companies of the same sector', 'return', 0.01, 0.1],
  ['distance-high-252', 'close below the highest high of 252 sessions', 'fraction', -0.12, 0.06],
  ['volume-z-score-21', 'volume against mean and standard deviation of the last 21 sessions', 'z-score', 0, 1.2],
  ['dollar-volume-21', 'log of the median traded value a session, 21 sessions', 'log money', 18.6, 1],
];

/** One name's features; every name lacks none, one or two of them. */
export function featureValues(next: () => number): readonly FeatureValue[] {
  const [lacks, unranked] = [Math.floor(SHOWN.length * 3 * next()), Math.floor(SHOWN.length * 3 * next())];
  return SHOWN.map(([name, describe, unit, middle, spread], i) => {
    const rank = Number((0.01 + 0.98 * next()).toFixed(4));
    const value = Number((middle + spread * 1.2 * Math.log(rank / (1 - rank)) * 0.55).toFixed(6));
    return { name, describe, unit, value: i === lacks ? null : value, rank: i === lacks || i === unranked ? null : rank };
  });
}

const FAMILIES: readonly (readonly [family: string, features: number, missing: number])[] = [
  ['momentum', 24, 92], ['trend', 31, 240], ['volatility', 28, 151], ['volume', 22, 64], ['structure', 14, 0], ['calendar', 9, 0], ['market', 17, 1105], ['macro', 12, 1564], ['fundamentals', 18, 3519], ['cross-section', 16, 210],
];

const GAPS: readonly (readonly [feature: string, missing: number, reason: string])[] = [
  ...['standardized-unexpected-earnings', 'mean-earnings-surprise', 'revenue-growth-of-year', 'net-margin-change', 'accruals', 'share-issuance', 'cash-conversion', 'net-income-growth', 'revenue-growth'].map((name, i) => [name, 391 - 11 * i, 'no such quarters filed by then, quarters older than their limit, a suspect bar, or a formula without a value'] as const),
  ...['beta-252', 'relative-strength-sector-63', 'momentum-12-1', 'distance-high-252', 'seasonality-5', 'coskewness-252', 'vix-z-score-252', 'drawdown-252', 'momentum-6-1'].map((name, i) => [name, 24 - i, 'fewer than 252 clean sessions of history, a suspect bar, or a formula without a value'] as const),
];

/** An evening without fundamentals and with few macro series. */
export const FEATURE_SUMMARY: FeatureSummary = {
  computed: FAMILIES.reduce((sum, [, features]) => sum + features, 0),
  members: 391,
  families: FAMILIES.map(([family, features, missing]) => ({ family, features, missing })),
  absent: [
    { input: 'macro:DGS10', features: ['treasury-10y', 'treasury-10y-change-21', 'treasury-10y-change-63', 'curve-10y-3m'] },
    ...['macro:DGS2', 'macro:DXY', 'macro:T10YIE', 'macro:UNRATE', 'macro:WTI_SPOT'].map((input) => ({ input, features: [`on-${input.slice(6).toLowerCase()}`] })),
  ],
  missing: GAPS.map(([feature, missing, reason]) => ({ feature, missing, reason })),
};
