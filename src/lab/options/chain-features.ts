import { toEpochDay } from '../../core/dates.js';
import { computeFeatures } from '../../features/compute/compute-features.js';
import { SERIES_COLUMNS, SeriesInputs, type SeriesColumn } from '../../features/compute/series-inputs.js';
import type { Feature } from '../../features/feature.js';
import { OPTIONS } from '../../features/options/family.js';
import { MIN_VALUES } from '../../options/history/widening-window.js';
import type { ChainFeature } from '../../report/options/chain-view.js';
import type { Panel } from '../../table/panel.js';
import type { ChainBars } from './chain-bars.js';

/** The forty features of an underlying. */
export interface ChainFeatures {
  /** Float32 [1 symbol, session]. */
  readonly values: Panel;
  /** On the last session. */
  readonly last: readonly ChainFeature[];
}

/**
 * Features of the options family over the sessions of some bars, each known at the decision time of its session.
 * @param summaries figures of the chains of the same symbol and sessions
 */
export function chainFeatures({ bars, from, since }: Omit<ChainBars, 'close'>, summaries: Panel): ChainFeatures {
  const values = computeFeatures({ bars, options: summaries }, OPTIONS);
  const series = supportSeries(bars, summaries);
  const [symbol] = bars.symbols;
  const count = bars.sessions.length;
  const closes = since === null ? count : bars.sessions.filter((session) => session >= toEpochDay(since)).length;
  return {
    values,
    last: OPTIONS.map((feature): ChainFeature => {
      const value = values.series(feature.name, symbol)[count - 1];
      const support = feature.kind === 'series' && feature.support ? feature.support(series)[count - 1] : null;
      return { name: feature.name, describe: feature.describe, unit: feature.unit, value: Number.isNaN(value) ? null : value, support, missing: Number.isNaN(value) ? whyMissing(feature, { from, count, closes, support }) : null };
    }),
  };
}

interface Available {
  readonly from: ChainBars['from'];
  /** Sessions there are, and those whose closes can be compared with the last. */
  readonly count: number;
  readonly closes: number;
  readonly support: number | null;
}

function whyMissing(feature: Feature, { from, count, closes, support }: Available): string {
  const needed = (feature.minHistory ?? feature.lookback) + 1;
  if (from === 'chains' && feature.inputs.includes('volume')) return 'needs bars with volume';
  if (support !== null && support < MIN_VALUES) return `${support} of at least ${MIN_VALUES} sessions with a value`;
  if (count < needed) return `${count} of ${needed} sessions`;
  if (closes <= feature.lookback && feature.inputs.includes('bars')) return `${closes} of ${feature.lookback + 1} sessions since a split`;
  return 'the chains do not tell';
}

/** What `support` of features reads: bars and figures of the chains. */
function supportSeries(bars: Panel, summaries: Panel): SeriesInputs {
  const [symbol] = summaries.symbols;
  const none = new Float64Array(summaries.sessions.length).fill(Number.NaN);
  const read = (panel: Panel, name: string): Float64Array => Float64Array.from(panel.series(name, symbol));
  const columns = Object.fromEntries(SERIES_COLUMNS.map((name) => [name, bars.columnNames.includes(name) ? read(bars, name) : none])) as Record<SeriesColumn, Float64Array>;
  const options = Object.fromEntries(summaries.columnNames.map((name) => [name, read(summaries, name)]));
  return new SeriesInputs(summaries.sessions, columns, { tables: { macro: new Map(), fundamentals: new Map(), earnings: new Map() }, options });
}

