import { XNYS } from '../core/calendar.js';
import type { Clock } from '../core/clock.js';
import type { IsoDate } from '../core/dates.js';
import { streamOf, type EventStream } from '../core/events.js';
import { VERSION } from '../core/version.js';
import type { LoadedConfig } from '../config/load.js';
import { marketDataHash, type Market } from '../data/market.js';
import { MarketSeries } from '../data/market-series.js';
import { readCompanies, readSectors, type Company } from '../data/reference.js';
import type { Store } from '../data/store/store.js';
import { eveningDocument } from '../lab/evening-document.js';
import { readEveningHistory, type EveningHistory } from '../lab/evening-history.js';
import { extendHistory } from '../lab/extend-history.js';
import { FeatureSeries } from '../lab/feature-series.js';
import { chooseModel, disposeLoaded, loadModel, pastNeed, withModelFeatures, type ChosenModel, type LoadedModel } from '../lab/models/evening-model.js';
import { storedModels, type StoredModels } from '../lab/models/model-folder.js';
import { eveningWrites, readBookBefore, readMarksBefore, type Evening } from '../lab/paper-book.js';
import { inputSettings } from '../lab/feature-inputs.js';
import { networkPast, wantedFeatures, withOptions, type WantedFeatures } from '../lab/session-features.js';
import { sessionRules } from '../lab/session-rules.js';
import { openBook, type Book } from '../portfolio/book.js';
import { decideEvening } from '../recommendation/decide.js';
import { decisionFeatures } from '../recommendation/decision-features.js';
import { predict } from '../recommendation/predict.js';
import { createStrategy } from '../strategy/registry.js';
import type { Strategy } from '../strategy/strategy.js';
import { storeChanged } from './evening-context.js';

/** What happens while evenings are caught up with. */
export interface CatchUpEvent {
  readonly kind: 'evening';
  readonly session: IsoDate;
  readonly done: number;
  readonly count: number;
  readonly equity: number;
}

export interface CatchUpOptions {
  readonly store: Store;
  readonly config: LoadedConfig;
  readonly clock: Clock;
  /** First and last evening; the book stands before the first. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly signal?: AbortSignal;
}

/** Evenings that are kept in one commit: a kill loses so many at most, and they are decided again the same way. */
const COMMITTED_TOGETHER = 21;

/**
 * Evening after evening as `swing daily` would have run each, from one reading of the store: data as known that evening, the model that was
 * usable then, the book as the evening before left it. Recommendations and books are kept; pages are not written.
 */
export function catchUp(options: CatchUpOptions): EventStream<CatchUpEvent, Book> {
  return streamOf<CatchUpEvent, Book>(async (emit, signal) => {
    const evenings = await Evenings.open(options, signal);
    const sessions = XNYS.sessions(options.from, options.to);
    try {
      for (const [done, session] of sessions.entries()) {
        signal.throwIfAborted();
        const equity = await evenings.run(session);
        emit({ kind: 'evening', session, done: done + 1, count: sessions.length, equity });
      }
      await evenings.keep();
      return evenings.book;
    } finally {
      evenings.close();
    }
  }, options.signal ? { signal: options.signal } : {});
}

/** Read once. */
interface Constants {
  readonly sectors: ReadonlyMap<string, string>;
  readonly companies: ReadonlyMap<string, Company>;
  readonly models: StoredModels;
  /** Closes of what was held before the first evening, as they were then. */
  readonly marks: ReadonlyMap<string, number>;
}

/** What stays the same from evening to evening, and what one hands to the next. */
class Evenings {
  readonly #options: CatchUpOptions;
  readonly #signal: AbortSignal;
  readonly #strategy: Strategy;
  readonly #wanted: WantedFeatures;
  readonly #parts: Constants;
  #markets: MarketSeries;
  #features: { readonly identity: string; readonly series: FeatureSeries } | null = null;
  #model: { readonly identity: string; readonly loaded: LoadedModel } | null = null;
  #history: EveningHistory;
  #waiting: Evening[] = [];
  book: Book;

  private constructor(options: CatchUpOptions, signal: AbortSignal, parts: Constants, start: { readonly markets: MarketSeries; readonly history: EveningHistory; readonly book: Book }) {
    this.#options = options;
    this.#signal = signal;
    this.#strategy = createStrategy(options.config.config.strategy);
    this.#wanted = wantedFeatures(options.config.config.features, this.#strategy);
    this.#parts = parts;
    this.#markets = start.markets;
    this.#history = start.history;
    this.book = start.book;
  }

  static async open(options: CatchUpOptions, signal: AbortSignal): Promise<Evenings> {
    const { store, config, from } = options;
    const book = (await readBookBefore(store, from)) ?? openBook(config.config.portfolio.initialCash);
    const constants = { sectors: await readSectors(store), companies: await readCompanies(store), models: await storedModels(config.paths.models), marks: await readMarksBefore(store, from) };
    return new Evenings(options, signal, constants, { markets: await readMarkets(options, book, from), history: await readEveningHistory(store, from), book });
  }

  /** Runs one evening and returns the equity of the book at its close. */
  async run(session: IsoDate): Promise<number> {
    const { store, config } = this.#options;
    const { forecast, strategy, seed } = config.config;
    const market = await this.#market(session);
    const chosen = await chooseModel({ asOf: session, settings: forecast, folder: config.paths.models, models: this.#parts.models });
    const features = await this.#sessionFeatures(session, chosen).then((series) => series.at(market));
    const past = await networkPast(store, market, pastNeed(chosen), inputSettings(config.config));
    const { model, network, notices } = await this.#loaded(chosen, market, { settings: forecast, seed, horizon: strategy[strategy.name].horizon });
    const predictions = await predict(market, { model, network, past, notices, session: features, history: features.values, drivers: forecast.drivers, coverage: forecast.interval });
    const evening = decideEvening({ market, features: features.values, today: features.values, predictions, sectors: this.#parts.sectors, ...(session === this.#options.from ? { marks: this.#parts.marks } : {}) }, this.book, sessionRules(config.config, market));
    const provenance = { version: VERSION, seed, configHash: config.hash, dataHash: market.dataHash };
    const document = await eveningDocument({ store, config: config.config, market, strategy: this.#strategy, predictions, evening, features: { ...features, shown: this.#wanted.shown }, booked: true, provenance, companies: this.#parts.companies, history: this.#history });
    const { book, fills, events, equity } = evening;
    const kept: Evening = { session, book, fills, events, equity, document };
    this.book = book;
    this.#history = extendHistory(this.#history, kept);
    this.#waiting.push(kept);
    if (this.#waiting.length >= COMMITTED_TOGETHER) await this.keep();
    return equity;
  }

  /** Keeps the evenings that were run since the last time. */
  async keep(): Promise<void> {
    if (this.#waiting.length === 0) return;
    const { store, clock } = this.#options;
    const dataHash = this.#waiting[0].document.provenance.dataHash;
    await store.commit(eveningWrites(...this.#waiting), {
      clock,
      signal: this.#signal,
      accept(before) {
        if (marketDataHash(before) !== dataHash) throw storeChanged();
      },
    });
    this.#waiting = [];
  }

  close(): void {
    if (this.#model) disposeLoaded(this.#model.loaded);
    this.#model = null;
  }

  async #market(session: IsoDate): Promise<Market> {
    const held = [...this.book.positions, ...this.book.orders].map(({ symbol }) => symbol);
    if (this.#markets.lacks(held) !== undefined) {
      this.#markets = await readMarkets(this.#options, this.book, session);
      this.#features = null;
    }
    return this.#markets.at(session, held);
  }

  /** Computed anew only when another model reads other features. */
  async #sessionFeatures(session: IsoDate, chosen: ChosenModel): Promise<FeatureSeries> {
    const { store, config: { config }, to } = this.#options;
    if (this.#features?.identity !== chosen.identity) {
      const features = withModelFeatures(await withOptions(this.#wanted.all, store, config.options), chosen);
      this.#features = { identity: chosen.identity, series: await FeatureSeries.compute(store, this.#markets, { features, also: decisionFeatures(this.#strategy), ...inputSettings(config), from: session, to, history: config.data.history }) };
    }
    return this.#features.series;
  }

  /** A trained model stays the same until another is chosen; what is measured on the evening's own past is measured each evening. */
  async #loaded(chosen: ChosenModel, market: Market, settings: Pick<Parameters<typeof loadModel>[2], 'settings' | 'seed' | 'horizon'>): Promise<LoadedModel> {
    if (chosen.stored !== null && this.#model?.identity === chosen.identity) return this.#model.loaded;
    this.close();
    const loaded = await loadModel(chosen, market, { ...settings, environment: process.env, signal: this.#signal });
    this.#model = { identity: chosen.identity, loaded };
    return loaded;
  }
}

function readMarkets({ store, config: { config }, to }: CatchUpOptions, book: Book, from: IsoDate): Promise<MarketSeries> {
  const { history, universe, symbols, quality } = config.data;
  const held = [...book.positions, ...book.orders].map(({ symbol }) => symbol);
  return MarketSeries.read(store, { from, to, history, universe, held, policies: quality, ...(symbols ? { symbols } : {}) });
}
