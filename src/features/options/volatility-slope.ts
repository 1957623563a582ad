import { fromPosition } from '../../math/rolling/from-position.js';
import type { SummaryColumn } from '../../options/summary/columns.js';
import type { SeriesFeature } from '../feature.js';
import { optionsFeature } from './options-feature.js';

type Days = 7 | 30 | 60 | 90;

/** Slope of the term structure between two constant maturities. */
export function volatilitySlope(near: Days, far: Days): SeriesFeature {
  const [first, second]: [SummaryColumn, SummaryColumn] = [`volatility${near}`, `volatility${far}`];
  return optionsFeature(
    { name: `iv-slope-${near}-${far}`, describe: `at-the-money implied volatility at ${far} days less that at ${near}: below 0 when the near one is dear`, formula: `σ(${far} days) − σ(${near} days)`, unit: 'annualized volatility', source: 'Vasquez (2017), term structure of implied volatility', lookback: 0, columns: [first, second] },
    {
      compute(series) {
        const [a, b] = [series.option(first), series.option(second)];
        return fromPosition(series.length, 0, (t) => b[t] - a[t]);
      },
    },
  );
}
