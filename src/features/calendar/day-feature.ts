import type { EpochDay } from '../../core/dates.js';
import type { FeatureCard, MarketFeature } from '../feature.js';

/** A feature of the date alone, the same for every instrument. */
export function dayFeature({ onDay, ...card }: Pick<FeatureCard, 'name' | 'describe' | 'formula' | 'unit' | 'source'> & { readonly onDay: (day: EpochDay) => number }): MarketFeature {
  return { kind: 'market', family: 'calendar', lookback: 0, inputs: ['calendar'], ...card, compute: ({ sessions }) => Float64Array.from(sessions, onDay) };
}
