import { fromPosition } from '../../math/rolling/from-position.js';
import type { MarketFeature } from '../feature.js';
import { macroLevel } from '../macro-series.js';

/** Weekly, known a week after its end: up to two weeks old, and a holiday. */
const WEEKLY_MAX_AGE = 30;

const card = {
  kind: 'market',
  family: 'macro',
  unit: 'index points',
  source: 'Brave and Butters (2011); Chicago Fed, ANFCI; revised every week back to its beginning, so the past is not what was seen then',
  inputs: ['macro:ANFCI'],
} as const;

const WHAT = `adjusted national financial conditions index, 0 on average and above 0 when tight; of a week that ended at least 7 days ago, NaN when more than ${WEEKLY_MAX_AGE}`;

export const financialConditions: MarketFeature = {
  ...card,
  name: 'financial-conditions',
  describe: `${WHAT}; revised series`,
  formula: 'ANFCI',
  lookback: 0,
  compute: (market) => macroLevel(market, 'ANFCI', WEEKLY_MAX_AGE),
};

export function financialConditionsChange(window: number): MarketFeature {
  return {
    ...card,
    name: `financial-conditions-change-${window}`,
    describe: `change over ${window} sessions of the ${WHAT}; revised series`,
    formula: `ANFCI − ANFCI[t−${window}], as known at t and t−${window}`,
    lookback: window,
    compute(market) {
      const level = macroLevel(market, 'ANFCI', WEEKLY_MAX_AGE);
      return fromPosition(level.length, window, (t) => level[t] - level[t - window]);
    },
  };
}
