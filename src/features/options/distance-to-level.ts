import { fromPosition } from '../../math/rolling/from-position.js';
import type { SummaryColumn } from '../../options/summary/columns.js';
import type { SeriesFeature } from '../feature.js';
import { comparable } from './comparable.js';
import { optionsFeature } from './options-feature.js';

/** How far a level of the chain lies from the price. */
export function distanceToLevel(name: string, level: SummaryColumn, describe: string): SeriesFeature {
  return optionsFeature(
    {
      name,
      describe: `${describe}, over the price, less 1: positive above it; NaN where the chain has none`,
      formula: `${level} / spot − 1`,
      unit: 'fraction',
      source: 'own definition',
      lookback: 0,
      columns: [level, 'spot', 'isMixed'],
    },
    {
      compute(series) {
        const [levels, spot] = [comparable(series, level), series.option('spot')];
        return fromPosition(series.length, 0, (t) => levels[t] / spot[t] - 1);
      },
    },
  );
}
