import type { EpochDay } from '../../core/dates.js';
import type { Rng } from '../../core/rng.js';
import { yearsTo, type OptionChain } from '../../options/chain/option-chain.js';
import { greeks } from '../../options/pricing/greeks.js';
import { sviTotalVariance } from '../../options/surface/svi.js';
import { ListedContracts } from './listed-contracts.js';
import type { ListedExpiry } from './listed-expiries.js';
import { strikeWindow } from './listed-strikes.js';
import { quote } from './quotes.js';
import type { SsviSurface } from './ssvi-surface.js';
import { trade, type TradedColumns } from './trade.js';

/** What is known of a stock at the close of a session. */
export interface StockDay {
  readonly session: EpochDay;
  readonly spot: number;
  readonly surface: SsviSurface;
  /** Contracts traded, before expiries have their part. */
  readonly callVolume: number;
  readonly putVolume: number;
}

export interface StockChainsParts {
  readonly underlying: string;
  readonly rate: number;
  /** Contracts that expire before this day are not made, but have their part of what is traded. */
  readonly firstExpiry: EpochDay;
}

/** Years to expiry below which strikes do not come closer. */
const SHORTEST = 5 / 365;
/** Years at which an expiry has half the volume of one that is due; deviation of the logarithm of its part. */
const [HALF_VOLUME, EXPIRY_SPREAD] = [30 / 365, 0.4];

type ChainRows = TradedColumns & Pick<OptionChain, 'expiry' | 'isCall' | 'strike'> & { readonly years: Float64Array; readonly volatility: Float64Array; readonly depth: Float64Array };

/** The option chains of one stock, session after session: contracts, open interest and last prices are remembered. */
export class StockChains {
  readonly #parts: StockChainsParts;
  readonly #rng: Rng;
  readonly #books = new Map<EpochDay, ListedContracts>();

  constructor(parts: StockChainsParts, rng: Rng) {
    this.#parts = parts;
    this.#rng = rng;
  }

  /** The chain of the next session; every number of it depends on its own session and those before, wherever the first of them was. @param listed expiries of the session */
  next(day: StockDay, listed: readonly ListedExpiry[]): OptionChain {
    const { session, spot } = day;
    const stream = this.#rng.fork(`session ${session}`);
    const weights = listed.map(({ expiry }) => Math.exp(EXPIRY_SPREAD * stream.normal()) / (1 + yearsTo(expiry, session) / HALF_VOLUME));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const made = listed.filter(({ expiry }) => expiry >= this.#parts.firstExpiry);
    const books = made.map(({ expiry }) => this.#bookOf(expiry, day));
    const rows = this.#price(books, day);
    let from = 0;
    for (const book of books) {
      const share = weights[listed.findIndex(({ expiry }) => expiry === book.expiry)] / total;
      trade(book, { from, depth: rows.depth, callVolume: share * day.callVolume, putVolume: share * day.putVolume }, rows, stream.fork(`expiry ${book.expiry}`));
      from += book.openInterest.length;
      if (book.expiry === session) this.#books.delete(book.expiry);
    }
    const { expiry, isCall, strike, bid, ask, last, volume, openInterest } = rows;
    return { underlying: this.#parts.underlying, session, spot, isStale: false, expiry, isCall, strike, bid, ask, last, volume, openInterest, impliedVolatility: new Float64Array(strike.length).fill(Number.NaN) };
  }

  #bookOf(expiry: EpochDay, { session, spot, surface }: StockDay): ListedContracts {
    let book = this.#books.get(expiry);
    if (book === undefined) this.#books.set(expiry, (book = new ListedContracts(expiry)));
    const years = Math.max(SHORTEST, yearsTo(expiry, session));
    book.list(strikeWindow(spot, surface.atmVolatility(years) * Math.sqrt(years)));
    return book;
  }

  #price(books: readonly ListedContracts[], { session, spot, surface }: StockDay): ChainRows {
    const { rate } = this.#parts;
    const rows = emptyRows(books.reduce((sum, { openInterest }) => sum + openInterest.length, 0));
    let row = 0;
    for (const { expiry, strikes } of books) {
      const years = yearsTo(expiry, session);
      const at = Math.max(years, 1 / 365);
      const slice = surface.slice(at);
      const logForward = Math.log(spot) + rate * years;
      const deviation = Math.sqrt(sviTotalVariance(slice, 0));
      for (const strike of strikes) {
        const k = Math.log(strike) - logForward;
        const volatility = Math.sqrt(sviTotalVariance(slice, k) / at);
        for (const isCall of [1, 0]) {
          [rows.expiry[row], rows.strike[row], rows.isCall[row], rows.years[row], rows.volatility[row]] = [expiry, strike, isCall, years, volatility];
          rows.depth[row++] = ((isCall === 1 ? 1 : -1) * k) / deviation;
        }
      }
    }
    const { strike, years, volatility, isCall, bid, ask } = rows;
    quote(greeks({ spot, strike, years, rate, dividendYield: 0, volatility, isCall }, ['price']).price, bid, ask);
    return rows;
  }
}

function emptyRows(count: number): ChainRows {
  const column = (): Float64Array => new Float64Array(count);
  return { expiry: new Int32Array(count), isCall: new Uint8Array(count), strike: column(), years: column(), volatility: column(), depth: column(), bid: column(), ask: column(), last: column(), volume: column(), openInterest: column() };
}
