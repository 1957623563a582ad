import { runBook, type BookRun } from '../backtest/run-book.js';
import type { LoadedConfig } from '../config/load.js';
import type { IsoDate } from '../core/dates.js';
import { MarketSeries } from '../data/market-series.js';
import type { Store } from '../data/store/store.js';
import { openBook, type Book } from '../portfolio/book.js';
import { createStrategy } from '../strategy/registry.js';
import type { SessionResult } from '../strategy/run-session.js';
import { bookSessions } from './book-sessions.js';
import { storedModelForecasts } from './forecasts/stored-models.js';
import { sessionRules } from './session-rules.js';

export interface ReplayRequest {
  /** First and last session that is decided on. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** What to start with; the configured cash when absent. */
  readonly book?: Book;
  /** Told of each session when it is over. */
  readonly onSession?: (result: SessionResult) => void;
}

/**
 * The paper book of the configured strategy over a span, in one pass over bars that are read, cleaned and turned into features once; nothing
 * is kept. The book is that of `swing daily` evening by evening.
 *
 * @throws ConfigError `NO_MODEL` when a session of the span has no trained model that was usable then
 */
export async function replay(store: Store, config: LoadedConfig, { from, to, book: given, onSession }: ReplayRequest): Promise<BookRun> {
  const { data, portfolio: { initialCash }, strategy: settings } = config.config;
  const book = given ?? openBook(initialCash);
  const held = [...book.positions, ...book.orders].map(({ symbol }) => symbol);
  const markets = await MarketSeries.read(store, { from, to, history: data.history, universe: data.universe, held, policies: data.quality, ...(data.symbols ? { symbols: data.symbols } : {}) });
  const strategy = createStrategy(settings);
  const rules = sessionRules(config.config, { asOf: to, ...markets.names }, strategy);
  const source = storedModelForecasts(config, settings[settings.name].horizon);
  return runBook(bookSessions({ store, config, markets, strategy, source, held }, from, to), book, rules, onSession);
}
