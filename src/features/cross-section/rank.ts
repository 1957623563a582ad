import { centredRank } from '../../math/cross-section.js';
import type { CrossSectionFeature, SeriesFeature } from '../feature.js';
import { compared } from './compared.js';

/** Where a member stands, from the lowest at −½ to the highest at ½: what is left when only the order is believed. */
export function rank(base: SeriesFeature): CrossSectionFeature {
  return compared(base, {
    prefix: 'rank',
    describe: 'centred percent rank, equals at their mean rank,',
    formula: '(rank(x) − ½) / n − ½',
    unit: 'rank',
    source: 'Gu, Kelly and Xiu (2020), characteristics ranked each period',
    inputs: ['members'],
    transform: (values) => centredRank(values),
  });
}
