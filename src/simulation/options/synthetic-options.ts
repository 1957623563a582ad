import type { EpochDay } from '../../core/dates.js';
import { InvariantError } from '../../core/errors.js';
import type { Rng } from '../../core/rng.js';
import { SESSIONS_PER_YEAR } from '../../core/sessions-per-year.js';
import type { OptionChain } from '../../options/chain/option-chain.js';
import type { SyntheticBars } from '../bars.js';
import type { LatentInputs, LatentReturns } from '../latent-returns.js';
import { hasBar } from '../listing.js';
import type { OptionFigureSettings, OptionSettings } from '../settings.js';
import { ExpectedVariance } from './expected-variance.js';
import { drawForeknown, foreknowledge } from './foreknowledge.js';
import { listedExpiries, LONGEST_LISTED } from './listed-expiries.js';
import { SKEW_YEARS, SsviSurface } from './ssvi-surface.js';
import { StockChains } from './stock-chains.js';

/** What the chains hold; each column [underlying, session], NaN where the stock has no bar. */
export interface OptionTruth {
  /** Positions of the stocks with options, ascending. */
  readonly underlyings: Int32Array;
  /** At-the-money implied volatility at 30 days, annual fraction. */
  readonly volatility30: Float64Array;
  /** Implied volatility of puts less that of calls at a delta of 0.25 and 30 days: normal scores that foretell, around their mean. */
  readonly skew: Float64Array;
  /** Logarithm of puts over calls traded. */
  readonly putCall: Float64Array;
  /** Correlation of skew and of put/call with the sum of the scaled residuals of their horizons. */
  readonly correlations: { readonly skew: number; readonly putCall: number };
}

/** Which chains are wanted; all when absent. */
export interface ChainsWanted {
  readonly symbols?: readonly string[];
  /** First and last session, inclusive. */
  readonly start?: EpochDay;
  readonly end?: EpochDay;
}

export interface SyntheticOptionsParts {
  readonly inputs: LatentInputs;
  readonly returns: LatentReturns;
  readonly bars: SyntheticBars;
  /** Epoch days, [session]. */
  readonly sessions: Int32Array;
}

/** Contracts traded a share traded, and the deviation of its logarithm. */
const [CONTRACTS_PER_SHARE, VOLUME_SPREAD] = [0.004, 0.3];
/** Sessions looked ahead by the surface: a year and a bit. */
const LAGS = Math.ceil(((LONGEST_LISTED + 1) / 365) * SESSIONS_PER_YEAR) + 1;
const LAGS_30 = Math.ceil(SKEW_YEARS * SESSIONS_PER_YEAR) + 1;

/** Sessions by which returns must reach beyond the last: chains know a part of the moves to come. */
export const sessionsBeyond = (options: OptionSettings | null): number => (options === null ? 1 : Math.max(options.skew.horizon, options.putCall.horizon));

/** The option chains of a synthetic market, made session by session when they are asked for. */
export class SyntheticOptions {
  /** First session with chains. */
  readonly first: number;
  readonly truth: OptionTruth;
  readonly #parts: SyntheticOptionsParts;
  readonly #settings: OptionSettings;
  readonly #rng: Rng;

  constructor(settings: OptionSettings, parts: SyntheticOptionsParts, rng: Rng) {
    this.#parts = parts;
    this.#settings = settings;
    this.#rng = rng;
    this.first = Math.max(0, parts.sessions.length - settings.sessions);
    this.truth = drawTruth(settings, parts, rng);
  }

  /** The implied volatilities of a stock at the close of a session. @throws InvariantError when it has no options or no bar then */
  surface(symbol: string, session: number): SsviSurface {
    const { inputs: { stocks }, sessions } = this.#parts;
    const underlying = this.truth.underlyings.indexOf(stocks.symbols.indexOf(symbol));
    const volatility = underlying < 0 ? Number.NaN : this.truth.volatility30[underlying * sessions.length + session];
    if (!(volatility > 0)) throw new InvariantError(`expected a stock with options and a bar, found "${symbol}" in session ${session} of a simulation`);
    return this.#surfaceAt(new ExpectedVariance(this.#parts.inputs, LAGS), underlying, session);
  }

  /**
   * The chains of each session that is wanted, by underlying; open interest of a chain was settled the session before.
   *
   * Contracts are followed from their listing, so that a chain does not depend on which are wanted or where the simulation ends.
   */
  *chains({ symbols, start = -Infinity, end = Infinity }: ChainsWanted = {}): Generator<readonly OptionChain[]> {
    const { inputs: { stocks }, sessions, bars } = this.#parts;
    const firstDay = sessions[this.first];
    const from = sessions.findIndex((day) => day >= firstDay - LONGEST_LISTED);
    const listed = listedExpiries(sessions.subarray(from));
    const expected = new ExpectedVariance(this.#parts.inputs, LAGS);
    const wanted = symbols === undefined ? null : new Set(symbols);
    const books = Array.from(this.truth.underlyings, (stock) => new StockChains({ underlying: stocks.symbols[stock], rate: this.#settings.rate, firstExpiry: firstDay }, this.#rng.fork(`chains ${stock}`)));
    for (let t = from; t < sessions.length && sessions[t] <= end; t++) {
      const alive = listed.filter((one) => one.from <= t - from && t - from <= one.to);
      const chains: OptionChain[] = [];
      this.truth.underlyings.forEach((stock, underlying) => {
        const at = stock * sessions.length + t;
        if (Number.isNaN(bars.close[at]) || !(wanted?.has(stocks.symbols[stock]) ?? true)) return;
        const surface = this.#surfaceAt(expected, underlying, t);
        chains.push(books[underlying].next({ session: sessions[t], spot: bars.close[at], surface, ...this.#volumes(underlying, t) }, alive));
      });
      if (t >= this.first && sessions[t] >= start && chains.length > 0) yield chains;
    }
  }

  #surfaceAt(expected: ExpectedVariance, underlying: number, t: number): SsviSurface {
    const { inputs, returns, sessions } = this.#parts;
    const stock = this.truth.underlyings[underlying];
    return new SsviSurface(expected.sums(stock, t, returns.volatility[stock * inputs.length + t]), this.#settings.premium, this.truth.skew[underlying * sessions.length + t]);
  }

  #volumes(underlying: number, t: number): { callVolume: number; putVolume: number } {
    const { bars, sessions } = this.#parts;
    const stock = this.truth.underlyings[underlying];
    const noise = this.#rng.fork(`volume ${stock} ${sessions[t]}`).normal();
    const total = bars.volume[stock * sessions.length + t] * CONTRACTS_PER_SHARE * Math.exp(VOLUME_SPREAD * noise);
    const callVolume = total / (1 + Math.exp(this.truth.putCall[underlying * sessions.length + t]));
    return { callVolume, putVolume: total - callVolume };
  }
}

function drawTruth({ underlyings: count, premium, skew, putCall }: OptionSettings, { inputs, returns, sessions }: SyntheticOptionsParts, rng: Rng): OptionTruth {
  const { stocks: { tradedValues }, settings, listing, length } = inputs;
  const underlyings = Int32Array.from(tradedValues.keys()).sort((a, b) => tradedValues[b] - tradedValues[a] || a - b).slice(0, count).sort();
  const column = (): Float64Array => new Float64Array(underlyings.length * sessions.length).fill(Number.NaN);
  const truth = { underlyings, volatility30: column(), skew: column(), putCall: column(), correlations: { skew: foreknowledge(skew, settings), putCall: foreknowledge(putCall, settings) } };
  const expected = new ExpectedVariance(inputs, LAGS_30);
  const draws = Array.from(underlyings, (stock) => {
    const scaled = returns.scaled.subarray(stock * length, (stock + 1) * length);
    const draw = (figure: OptionFigureSettings, correlation: number, label: string): Float64Array => drawForeknown({ ...figure, correlation, scaled, sessionCount: sessions.length }, rng.fork(`${label} ${stock}`));
    return { skew: draw(skew, truth.correlations.skew, 'skew'), putCall: draw(putCall, truth.correlations.putCall, 'put/call') };
  });
  for (let t = 0; t < sessions.length; t++) {
    underlyings.forEach((stock, underlying) => {
      const [from, into] = [stock * length + t, underlying * sessions.length + t];
      if (!hasBar(listing[from])) return;
      const surface = new SsviSurface(expected.sums(stock, t, returns.volatility[from]), premium, skew.mean + skew.deviation * draws[underlying].skew[t]);
      truth.volatility30[into] = surface.atmVolatility(SKEW_YEARS);
      truth.skew[into] = surface.skew;
      truth.putCall[into] = putCall.mean + putCall.deviation * draws[underlying].putCall[t];
    });
  }
  return truth;
}
