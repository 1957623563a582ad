import type { SeriesInputs } from '../compute/series-inputs.js';
import type { SeriesFeature } from '../feature.js';
import { alphaFeature } from './alpha-feature.js';
import { partOf } from './quotients.js';

/** A signed length of a candle. */
interface Length {
  readonly describe: string;
  readonly formula: string;
  readonly of: (open: number, high: number, low: number, close: number) => number;
}

const BODY: Length = { describe: 'body of the candle (close less open)', formula: '(C − O)', of: (open, _high, _low, close) => close - open };
const RANGE: Length = { describe: 'range of the session', formula: '(H − L)', of: (_open, high, low) => high - low };
const UPPER: Length = { describe: 'upper shadow of the candle', formula: '(H − max(O, C))', of: (open, high, _low, close) => high - Math.max(open, close) };
const LOWER: Length = { describe: 'lower shadow of the candle', formula: '(min(O, C) − L)', of: (open, _high, low, close) => Math.min(open, close) - low };
const SHIFT: Length = { describe: 'twice the distance of the close from the middle of the range', formula: '(2 · C − H − L)', of: (_open, high, low, close) => 2 * close - high - low };

/** The shape of one session's candle: lengths over the open, and (names ending in 2) over the range. */
export const kbar: readonly SeriesFeature[] = [
  overOpen('kmid', BODY),
  overOpen('klen', RANGE),
  overRange('kmid2', BODY),
  overOpen('kup', UPPER),
  overRange('kup2', UPPER),
  overOpen('klow', LOWER),
  overRange('klow2', LOWER),
  overOpen('ksft', SHIFT),
  overRange('ksft2', SHIFT),
];

function overOpen(name: string, { describe, formula, of }: Length): SeriesFeature {
  return alphaFeature({
    name,
    describe: `${describe} divided by the open`,
    formula: `${formula} / O`,
    unit: 'ratio',
    lookback: 0,
    compute: (bars) => eachCandle(bars, (open, high, low, close) => (open > 0 ? of(open, high, low, close) / open : Number.NaN)),
  });
}

function overRange(name: string, { describe, formula, of }: Length): SeriesFeature {
  return alphaFeature({
    name,
    describe: `${describe} divided by the range of the session, 0 when there is none`,
    formula: `${formula} / (H − L)`,
    unit: 'fraction',
    lookback: 0,
    compute: (bars) => eachCandle(bars, (open, high, low, close) => partOf(of(open, high, low, close), high - low)),
  });
}

function eachCandle({ open, high, low, close }: SeriesInputs, value: Length['of']): Float64Array {
  const result = new Float64Array(close.length);
  for (let t = 0; t < result.length; t++) result[t] = value(open[t], high[t], low[t], close[t]);
  return result;
}
