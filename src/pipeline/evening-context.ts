import type { Clock } from '../core/clock.js';
import type { IsoDate } from '../core/dates.js';
import { DataError } from '../core/errors.js';
import { loadMarket, marketDataHash, type Market } from '../data/market.js';
import type { Store } from '../data/store/store.js';
import { computeFeatures } from '../features/feature.js';
import { FEATURES } from '../features/registry.js';
import { openBook, type Book } from '../portfolio/book.js';
import { createStrategy } from '../strategy/registry.js';
import type { Strategy } from '../strategy/strategy.js';
import type { Panel } from '../table/panel.js';
import type { LoadedConfig } from '../config/load.js';

export interface EveningSetup {
  readonly asOf: IsoDate;
  readonly store: Store;
  readonly config: LoadedConfig;
  readonly clock: Clock;
  /** Book after the last decision before `asOf`. */
  readonly book: Book | null;
  /** Whether the paper book and the recommendations are kept in the store. */
  readonly booked: boolean;
}

/** What the steps of one evening share: settings, and the market and features, which are computed at most once. */
export class EveningContext {
  readonly setup: EveningSetup;
  readonly strategy: Strategy;
  readonly before: Book;
  #market: Promise<Market> | null = null;
  #features: Promise<Panel> | null = null;

  constructor(setup: EveningSetup) {
    this.setup = setup;
    this.strategy = createStrategy(setup.config.config.strategy);
    this.before = setup.book ?? openBook(setup.config.config.portfolio.initialCash);
  }

  /** Hash of the market data that the store holds now. */
  async dataHash(): Promise<string> {
    return marketDataHash(await this.setup.store.manifest());
  }

  market(): Promise<Market> {
    this.#market ??= this.#load();
    return this.#market;
  }

  features(): Promise<Panel> {
    this.#features ??= this.market().then((market) => computeFeatures(market.bars, FEATURES));
    return this.#features;
  }

  async #load(): Promise<Market> {
    const { asOf, store, config } = this.setup;
    const { history, universe, symbols, quality } = config.config.data;
    const held = [...this.before.positions, ...this.before.orders].map(({ symbol }) => symbol);
    const market = await loadMarket(store, { asOf, history, universe, held, policies: quality, ...(symbols ? { symbols } : {}) });
    if (market.dataHash !== (await this.dataHash())) throw new DataError('expected the store to stay as it is while an evening is computed, found it changed by an import', { code: 'STORE_CHANGED', retryable: true });
    return market;
  }
}
