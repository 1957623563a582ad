import type { SummaryColumn } from '../../options/summary/columns.js';
import type { FeatureCard, FeatureInput, SeriesFeature } from '../feature.js';

export interface OptionsCard extends Pick<FeatureCard, 'name' | 'describe' | 'formula' | 'unit' | 'source' | 'lookback' | 'scale' | 'minHistory'> {
  /** Figures of the chain that are read. */
  readonly columns: readonly SummaryColumn[];
  /** What else is read. */
  readonly also?: readonly FeatureInput[];
}

/** A feature of the option chains of one underlying, session by session. */
export function optionsFeature({ columns, also = [], ...card }: OptionsCard, { compute, support }: Pick<SeriesFeature, 'compute' | 'support'>): SeriesFeature {
  return { ...card, kind: 'series', family: 'options', inputs: [...columns.map((column) => `options:${column}` as const), ...also], compute, ...(support ? { support } : {}) };
}
