import { fromPosition } from '../../math/rolling/from-position.js';
import { rollingMean } from '../../math/rolling/sums.js';
import type { SeriesFeature } from '../feature.js';
import { marketModelMoments } from './market-model.js';

const YEAR = 252;
const MONTH = 21;

/** Momentum that is the company's own: what the year without its last month brought beyond beta, in units of its spread. */
export const residualMomentum: SeriesFeature = {
  kind: 'series',
  name: 'residual-momentum-252-21',
  family: 'market',
  describe: 'mean daily return beyond beta times the benchmark from 252 to 21 sessions ago, over the standard deviation of the errors of the market model',
  formula: 'mean(R − β M, t−251 … t−21) · √231 / √mean(e²), α, β and e of R = α + β M + e over 252 sessions, all over sessions with both R and M; α is left in',
  unit: 'z-score',
  source: 'Blitz, Huij and Martens (2011); one factor on daily returns of the same year, α left in as the errors of a window with α sum to nothing',
  lookback: YEAR,
  inputs: ['bars', 'index'],
  compute(series) {
    const [slope, std] = [marketModelMoments(series, YEAR, 'slope'), marketModelMoments(series, YEAR, 'std')];
    const { simpleReturn, indexReturn } = series;
    // means over the same sessions, those with both
    const meanWith = (values: Float64Array, others: Float64Array): Float64Array => rollingMean(values.map((value, t) => (Number.isNaN(others[t]) ? Number.NaN : value)), YEAR - MONTH);
    const [own, market] = [meanWith(simpleReturn, indexReturn), meanWith(indexReturn, simpleReturn)];
    return fromPosition(series.length, YEAR, (t) => ((own[t - MONTH] - slope[t] * market[t - MONTH]) * Math.sqrt(YEAR - MONTH)) / std[t]);
  },
};
