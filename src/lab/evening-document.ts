import type { Config } from '../config/schema.js';
import { createRng } from '../core/rng.js';
import type { Market } from '../data/market.js';
import { readCompanies, type Company } from '../data/reference.js';
import type { Store } from '../data/store/store.js';
import { changesSince } from '../recommendation/changes.js';
import type { EveningDecision } from '../recommendation/decide.js';
import { writeDocument, type DocumentParts } from '../recommendation/document.js';
import type { Predictions } from '../recommendation/predict.js';
import type { RecommendationDocument } from '../recommendation/recommendation.js';
import { incomeOf } from '../portfolio/round-trips.js';
import { trackRecord } from '../recommendation/track-record.js';
import type { Strategy } from '../strategy/strategy.js';
import { readEveningHistory, type EveningHistory } from './evening-history.js';
import { chainNotices } from './options/chain-notices.js';
import { readEveningOptions } from './options/read-evening-options.js';
import { sessionGraph } from './session-graph.js';

export interface EveningDocumentParts {
  readonly store: Store;
  readonly config: Config;
  readonly market: Market;
  readonly strategy: Strategy;
  readonly predictions: Predictions;
  readonly evening: EveningDecision;
  readonly features: DocumentParts['features'];
  readonly booked: boolean;
  readonly provenance: DocumentParts['provenance'];
  /** What the store knows of companies, where it was read already. */
  readonly companies?: ReadonlyMap<string, Company>;
  /** What earlier evenings kept, where it was read already. */
  readonly history?: EveningHistory;
}

/** The document of an evening, with what the store keeps of the evenings before it; the daily run and the lab write it by this function. */
export async function eveningDocument({ store, config, market, strategy, predictions, evening, features, booked, provenance, companies, history: given }: EveningDocumentParts): Promise<RecommendationDocument> {
  const history = given ?? (await readEveningHistory(store, market.asOf));
  const { targets, leftOut } = evening.decision;
  const chosen = targets.flatMap(({ action, symbol }) => (action === 'exit' ? [] : [symbol]));
  const now = { session: market.asOf, equity: evening.equity, recommendations: targets, held: evening.book.positions.map(({ symbol }) => symbol) };
  return writeDocument({
    market,
    predictions: { ...predictions, notices: [...(await chainNotices(store, config.options)), ...predictions.notices] },
    evening,
    strategy,
    companies: companies ?? (await readCompanies(store)),
    features,
    graph: sessionGraph(market, config.graph, chosen),
    options: await readEveningOptions(store, { bars: market.bars, names: targets.map(({ symbol }) => symbol), settings: config.options }),
    changes: changesSince({ previous: history.previous, now, fills: evening.fills, reasons: [...evening.unfilled, ...predictions.ineligible, ...leftOut], bars: market.bars }),
    trackRecord: recordOf(history, { market, evening, predictions, seed: config.seed }),
    brackets: config.portfolio.brackets,
    booked,
    provenance,
  });
}

interface Tonight {
  readonly market: Market;
  readonly evening: EveningDecision;
  readonly predictions: Predictions;
  readonly seed: number;
}

function recordOf(history: EveningHistory, { market, evening, predictions, seed }: Tonight): RecommendationDocument['trackRecord'] {
  const { asOf, bars, symbolHistory } = market;
  return trackRecord({
    asOf,
    evenings: history.evenings,
    fills: [...history.fills, ...evening.fills],
    income: [...history.income, ...incomeOf(evening.events)],
    replacements: history.replacements,
    entries: history.entries,
    equity: [...history.equity, { session: asOf, equity: evening.equity }],
    bars,
    symbolHistory,
    coverage: predictions.coverage,
    rng: createRng(seed).fork('track-record'),
  });
}

