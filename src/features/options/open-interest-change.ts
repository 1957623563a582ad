import { fromPosition } from '../../math/rolling/from-position.js';
import { GROWTH_COLUMNS } from '../../options/history/open-interest-growth.js';
import type { SeriesFeature } from '../feature.js';
import { openInterestStep } from './open-interest-step.js';
import { optionsFeature } from './options-feature.js';

/** How open interest moved over some sessions, expiries aside. */
export function openInterestChange(window: number): SeriesFeature {
  return optionsFeature(
    {
      name: `open-interest-change-${window}`,
      describe: `change of open interest over ${window === 1 ? 'a session' : `${window} sessions`} as a share of what was open, expired contracts aside; NaN across splits and steps larger than what was traded`,
      formula: `Σ (OI[s] − OI'[s−1]) / OI'[s−1], s = t−${window - 1} … t, OI' without contracts that expired on s−1`,
      unit: 'fraction',
      source: 'own definition; Fodor, Krieger and Doran (2011) of open interest changes',
      lookback: window,
      columns: GROWTH_COLUMNS,
    },
    {
      compute(series) {
        const steps = openInterestStep(series);
        return fromPosition(series.length, window, (t) => {
          let sum = 0;
          for (let s = t - window + 1; s <= t; s++) sum += steps[s];
          return sum;
        });
      },
    },
  );
}
