import type { Clock } from '../core/clock.js';
import type { IsoDate } from '../core/dates.js';
import { DataError } from '../core/errors.js';
import { loadMarket, marketDataHash, type Market } from '../data/market.js';
import type { Store } from '../data/store/store.js';
import { inputSettings } from '../lab/feature-inputs.js';
import { networkPast, sessionFeatures, wantedFeatures, withOptions, type WantedFeatures } from '../lab/session-features.js';
import { computeFeatures } from '../features/compute/compute-features.js';
import { openBook, type Book } from '../portfolio/book.js';
import type { NetworkPast } from '../recommendation/network-samples.js';
import type { SessionFeatures } from '../recommendation/session-features.js';
import { decisionFeatures } from '../recommendation/decision-features.js';
import { chooseModel, loadModel, pastNeed, withModelFeatures, type ChosenModel, type LoadedModel } from '../lab/models/evening-model.js';
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
  /** Checked before anything is computed. */
  readonly wanted: WantedFeatures;
  #dataHash: Promise<string> | null = null;
  #market: Promise<Market> | null = null;
  #features: Panel | null = null;
  #chosen: Promise<ChosenModel> | null = null;

  constructor(setup: EveningSetup) {
    this.setup = setup;
    this.strategy = createStrategy(setup.config.config.strategy);
    this.wanted = wantedFeatures(setup.config.config.features, this.strategy);
    this.before = setup.book ?? openBook(setup.config.config.portfolio.initialCash);
  }

  /** Hash of the market data that the store held when it was first asked for: one evening stands on one state. */
  dataHash(): Promise<string> {
    this.#dataHash ??= this.setup.store.manifest().then(marketDataHash);
    return this.#dataHash;
  }

  market(): Promise<Market> {
    this.#market ??= this.#load().catch((error: unknown) => {
      this.#market = null; // another try is to read again
      throw error;
    });
    return this.#market;
  }

  /** Which model the evening stands on. */
  chosenModel(): Promise<ChosenModel> {
    const { asOf, config } = this.setup;
    this.#chosen ??= chooseModel({ asOf, settings: config.config.forecast, folder: config.paths.models });
    return this.#chosen;
  }

  /** The model, ready to foretell; whoever asks disposes of it. */
  async model(signal: AbortSignal): Promise<LoadedModel> {
    const { strategy, forecast, seed } = this.setup.config.config;
    return loadModel(await this.chosenModel(), await this.market(), { settings: forecast, seed, horizon: strategy[strategy.name].horizon, environment: process.env, signal });
  }

  /** What networks read of the sessions up to this one. */
  async past(): Promise<NetworkPast | null> {
    const { store, config } = this.setup;
    return networkPast(store, await this.market(), pastNeed(await this.chosenModel()), inputSettings(config.config));
  }

  /** Features of the members on the session itself: those that are wanted, and those that the model reads. */
  async sessionFeatures(): Promise<SessionFeatures> {
    const { store, config } = this.setup;
    const wanted = await withOptions(this.wanted.all, store, config.config.options);
    const features = withModelFeatures(wanted, await this.chosenModel());
    return sessionFeatures(store, await this.market(), { features, ...inputSettings(config.config) });
  }

  /** What forecasts and the strategy read, with its history. */
  async features(): Promise<Panel> {
    const { bars } = await this.market();
    this.#features ??= computeFeatures({ bars }, decisionFeatures(this.strategy));
    return this.#features;
  }

  async #load(): Promise<Market> {
    const { asOf, store, config } = this.setup;
    const { history, universe, symbols, quality } = config.config.data;
    const held = [...this.before.positions, ...this.before.orders].map(({ symbol }) => symbol);
    const market = await loadMarket(store, { asOf, history, universe, held, policies: quality, ...(symbols ? { symbols } : {}) });
    const now = marketDataHash(await store.manifest());
    if (market.dataHash !== (await this.dataHash()) || market.dataHash !== now) throw storeChanged();
    return market;
  }
}

/** Steps before this moment may stand on the earlier state, so that only a new run helps. */
export function storeChanged(): DataError {
  return new DataError('expected the store to stay as it is while an evening is computed, found it changed by an import; run it again', { code: 'STORE_CHANGED' });
}
