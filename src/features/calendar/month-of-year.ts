import type { MarketFeature } from '../feature.js';
import { dayFeature } from './day-feature.js';
import { monthOf } from './period.js';

/** The month on a circle, so that December lies beside January. */
export function monthOfYear(name: 'sine' | 'cosine'): MarketFeature {
  const wave = { sine: Math.sin, cosine: Math.cos }[name];
  return dayFeature({
    name: `month-${name}`,
    describe: `${name} of the month on a circle of twelve that begins with January`,
    formula: `${name === 'sine' ? 'sin' : 'cos'}(2π (month − 1) / 12)`,
    unit: 'ratio',
    source: 'standard, cyclic coding; seasonality as in Rozeff and Kinney (1976), Bouman and Jacobsen (2002)',
    onDay: (day) => wave((2 * Math.PI * (monthOf(day) % 12)) / 12),
  });
}
