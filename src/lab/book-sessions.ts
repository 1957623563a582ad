import type { LoadedConfig } from '../config/load.js';
import { fromEpochDay, type IsoDate } from '../core/dates.js';
import { hashJson } from '../core/hash.js';
import { membershipTable, resolveSymbols, type Market } from '../data/market.js';
import type { MarketSeries } from '../data/market-series.js';
import { readSectors } from '../data/reference.js';
import type { Store } from '../data/store/store.js';
import { computeFeatures } from '../features/compute/compute-features.js';
import { FEATURES } from '../features/registry.js';
import { resolveFeatures } from '../features/sets.js';
import { decisionFeatures } from '../recommendation/decision-features.js';
import type { NetworkPast } from '../recommendation/network-samples.js';
import { countedSymbols } from '../recommendation/predict.js';
import type { SessionInputs } from '../strategy/run-session.js';
import type { Strategy } from '../strategy/strategy.js';
import type { Panel } from '../table/panel.js';
import { inputSettings, readFeatureInputs, type FeatureInputsRequest, type InputSettings } from './feature-inputs.js';
import type { ForecastSource } from './forecasts/forecast-source.js';
import type { PastNeed } from './models/evening-model.js';
import { networkPast, RISK_FEATURES, sessionFeatures } from './session-features.js';

export interface BookSessionsParts {
  readonly store: Store;
  readonly config: LoadedConfig;
  readonly markets: MarketSeries;
  readonly strategy: Strategy;
  readonly source: ForecastSource;
  /** Held before the first session. */
  readonly held: readonly string[];
}

/**
 * What a book is run on, session after session: bars that are read, cleaned and turned into features once.
 *
 * On sessions with a print that only a later bar gave away, and where prices are adjusted for what came later, the bars are those of that
 * evening alone.
 */
export async function* bookSessions({ store, config, markets, strategy, source, held }: BookSessionsParts, from: IsoDate, to: IsoDate): AsyncGenerator<SessionInputs> {
  const { data } = config.config;
  const whole = markets.whole();
  const sectors = await readSectors(store);
  const member = membershipTable(whole.bars, whole.universe);
  for await (const span of source.spans(from, to)) {
    try {
      const wanted = resolveFeatures([...decisionFeatures(strategy).map(({ name }) => name), ...RISK_FEATURES, ...span.features], FEATURES);
      const request = { features: wanted, ...inputSettings(config.config) };
      const values = markets.isUnadjusted ? await featuresFrom(store, markets, { ...request, from: span.from }) : null;
      for (let t = whole.bars.indexOf(span.from); t <= whole.bars.indexOf(span.to); t++) {
        const session = fromEpochDay(whole.bars.sessions[t]);
        const market = values === null || markets.hasHindsight(session) ? await markets.at(session, held) : null;
        const { bars, actions, index } = market === null ? { ...whole, index: t } : { ...market, index: market.bars.sessions.length - 1 };
        const counted = countedSymbols(bars, market === null ? member : membershipTable(bars, whole.universe), index);
        const today = values === null ? (await sessionFeatures(store, market!, request)).values : values.part(bars.symbols, session, session);
        const evening = span.need === null ? null : await eveningOf(store, market ?? (await markets.at(session, held)), span.need, inputSettings(config.config));
        const forecasts = await span.forecasts({ session, today, symbols: counted, evening });
        const chosen = data.symbols && new Set(resolveSymbols(data.symbols, whole.universe, markets.names.symbolHistory, session));
        yield { index, bars, actions, features: today, sectors, eligible: counted.filter((symbol) => chosen?.has(symbol) ?? true), forecasts };
      }
    } finally {
      span.dispose();
    }
  }
}

/** A market with what networks read of it. */
async function eveningOf(store: Store, market: Market, need: PastNeed, settings: InputSettings): Promise<{ market: Market; past: NetworkPast }> {
  return { market, past: (await networkPast(store, market, need, settings))! };
}

/** Features of everything a series holds, by what was asked: grids ask the same for every combination. */
const computed = new WeakMap<MarketSeries, { readonly key: string; readonly values: Panel }>();

/** Features of all instruments from a session on. */
async function featuresFrom(store: Store, markets: MarketSeries, { features, from, ...settings }: Pick<FeatureInputsRequest, 'features'> & InputSettings & { readonly from: IsoDate }): Promise<Panel> {
  const key = hashJson({ features: features.map(({ name }) => name), benchmark: settings.benchmark, options: settings.options, from });
  const before = computed.get(markets);
  if (before?.key === key) return before.values;
  const { bars, universe } = markets.whole();
  const inputs = await readFeatureInputs(store, { bars, universe, features, ...settings });
  const values = computeFeatures(inputs, features, { last: bars.sessions.length - bars.indexOf(from), known: FEATURES });
  computed.set(markets, { key, values });
  return values;
}
