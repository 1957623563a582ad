import { fromEpochDay, toEpochDay, type IsoDate } from '../../core/dates.js';
import { hashJson } from '../../core/hash.js';
import { quantile } from '../../math/stats.js';
import { membershipTable, type Market } from '../../data/market.js';
import type { QualityPolicies } from '../../data/quality/inspect.js';
import { readCompanies, type Company } from '../../data/reference.js';
import type { Store } from '../../data/store/store.js';
import { readSymbolHistory, type SymbolHistory } from '../../data/symbol-history.js';
import type { TradeSpan } from '../../evaluation/overfitting/random-entry.js';
import type { FeatureInputs } from '../../features/compute/feature-inputs.js';
import { MarketInputs } from '../../features/compute/market-inputs.js';
import { FEATURES } from '../../features/registry.js';
import type { RoundTrip } from '../../portfolio/round-trips.js';
import type { NamedReturns, TradePrices } from '../../report/backtest/report-input.js';
import { splitRatio } from '../../strategy/dated-action.js';
import type { Panel } from '../../table/panel.js';
import { readFeatureInputs } from '../feature-inputs.js';
import { benchmarkOf } from './benchmark.js';

interface SurroundingsParts {
  readonly inputs: FeatureInputs;
  readonly actions: Market['actions'];
  readonly symbolHistory: SymbolHistory;
  readonly companies: ReadonlyMap<string, Company>;
}

/** Of bars, as they were read last. */
const READ = new WeakMap<Panel, { readonly key: string; readonly surroundings: Surroundings }>();

/** Opens of each instrument while it was a member, NaN else, each [session]. */
function memberOpens({ bars, member }: FeatureInputs): Float64Array[] {
  const width = bars.sessions.length;
  return bars.symbols.map((symbol, row) => {
    const opens = bars.series('open', symbol).slice() as Float64Array;
    for (let t = 0; t < width; t++) if (member![row * width + t] !== 1) opens[t] = Number.NaN;
    return opens;
  });
}

/** Sessions that traded value is the median of. */
const VALUE_WINDOW = 21;

export interface SurroundingsRequest extends Pick<Market, 'bars' | 'universe' | 'actions'> {
  /** `members`, or an instrument of the store. */
  readonly benchmark: string;
  readonly policies: QualityPolicies;
}

/** What a finished backtest is looked at against: the bars of everyone, what else could have been held, what could have been bought instead. */
export class Surroundings {
  readonly #inputs: FeatureInputs;
  readonly #actions: Market['actions'];
  readonly #symbolHistory: SymbolHistory;
  /** Names of companies by symbol, last known. */
  readonly companies: ReadonlyMap<string, string>;
  #market: MarketInputs | null = null;
  #memberOpens: readonly Float64Array[] | null = null;

  private constructor({ inputs, actions, symbolHistory, companies }: SurroundingsParts) {
    this.#inputs = inputs;
    this.#actions = actions;
    this.#symbolHistory = symbolHistory;
    this.companies = new Map([...companies].map(([symbol, { name }]) => [symbol, name]));
  }

  /** Backtests of the same bars share what they were read with. */
  static async read(store: Store, request: SurroundingsRequest): Promise<Surroundings> {
    const key = hashJson({ benchmark: request.benchmark, policies: request.policies });
    const known = READ.get(request.bars);
    if (known?.key === key) return known.surroundings;
    const surroundings = await Surroundings.#read(store, request);
    READ.set(request.bars, { key, surroundings });
    return surroundings;
  }

  static async #read(store: Store, { bars, universe, actions, benchmark, policies }: SurroundingsRequest): Promise<Surroundings> {
    const reads = FEATURES.filter(({ inputs }) => inputs.includes('index')).slice(0, 1);
    const inputs = await readFeatureInputs(store, { bars, universe, features: reads, benchmark, policies, options: null });
    const [symbolHistory, companies] = [await readSymbolHistory(store), await readCompanies(store)];
    return new Surroundings({ inputs: { ...inputs, member: membershipTable(bars, universe) }, actions, symbolHistory, companies });
  }

  benchmark(sessions: Int32Array, name: string): NamedReturns {
    this.#market ??= new MarketInputs(this.#inputs);
    return benchmarkOf(this.#market, this.#inputs.benchmarkReturn, sessions, name);
  }

  /** Median traded value over the 21 sessions before a session, quote currency a session; NaN where none is known. */
  tradedValue(symbol: string, session: IsoDate): number {
    const { bars } = this.#inputs;
    if (!bars.hasSymbol(symbol) || !bars.has('tradedValue')) return Number.NaN;
    const t = bars.indexOf(session);
    const known = bars.series('tradedValue', symbol).subarray(Math.max(0, t - VALUE_WINDOW), t).filter((value) => value > 0).sort();
    return known.length === 0 ? Number.NaN : quantile(known, 0.5);
  }

  /** Trades as rows and positions, over the opens of members; those that have no open at their ends are left out. */
  tradeSpans(trades: readonly RoundTrip[]): { readonly spans: readonly TradeSpan[]; readonly prices: readonly Float64Array[] } | null {
    const { bars } = this.#inputs;
    const width = bars.sessions.length;
    const prices = (this.#memberOpens ??= memberOpens(this.#inputs));
    const spans = trades.flatMap(({ symbol, entrySession, exitSession }): TradeSpan[] => {
      if (!bars.hasSymbol(symbol)) return [];
      const [row, entry] = [bars.row(symbol), bars.indexOf(entrySession)];
      const exit = Math.max(entry + 1, bars.indexOf(exitSession)); // one that was left on the session it was entered is held to the next open
      return exit < width && prices[row][entry] > 0 && prices[row][exit] > 0 ? [{ symbol: row, entry, exit }] : [];
    });
    return spans.length === 0 ? null : { spans, prices };
  }

  /** What labels of these bars are made from. */
  get labelMarket(): { readonly bars: Panel; readonly member: Uint8Array; readonly sectors: ReadonlyMap<string, string> } {
    return { bars: this.#inputs.bars, member: this.#inputs.member!, sectors: this.#inputs.sectors ?? new Map() };
  }

  /** Symbol under which an instrument was listed at a session. */
  listed(symbol: string, session: IsoDate): string {
    return this.#symbolHistory.listedAt(symbol, session);
  }

  /** What one share of a session had become by another. */
  splitRatio(symbol: string, after: IsoDate, until: IsoDate): number {
    return splitRatio(this.#actions.get(symbol) ?? [], toEpochDay(after), toEpochDay(until));
  }

  /** Bars of a symbol as quoted. */
  prices(symbol: string): TradePrices | null {
    const { bars } = this.#inputs;
    if (!bars.hasSymbol(symbol)) return null;
    const series = (name: string): ArrayLike<number> => bars.series(name, symbol);
    const splits = (this.#actions.get(symbol) ?? []).flatMap(({ kind, exDay, value }) => (kind === 'split' ? [{ session: fromEpochDay(exDay), ratio: value }] : []));
    return { sessions: bars.sessions, open: series('quotedOpen'), high: series('quotedHigh'), low: series('quotedLow'), close: series('quotedClose'), splits };
  }
}
