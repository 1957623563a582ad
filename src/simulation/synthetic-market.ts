import { toEpochDay } from '../core/dates.js';
import { XNYS } from '../core/calendar.js';
import { InvariantError } from '../core/errors.js';
import type { Rng } from '../core/rng.js';
import { drawBars, type SyntheticBars } from './bars.js';
import { drawFactors } from './factors.js';
import { drawHiddenGraph, type HiddenGraph } from './hidden-graph.js';
import { drawReturns, type LatentInputs, type LatentReturns } from './latent-returns.js';
import { drawListing, hasBar, membershipIntervals, type MembershipIntervals } from './listing.js';
import { drawNews, type SyntheticNews } from './news.js';
import { sessionsBeyond, SyntheticOptions, type OptionTruth } from './options/synthetic-options.js';
import type { PlantedSlopes } from './planted.js';
import { settleSimulation, type SimulationOptions, type SimulationSettings } from './settings.js';
import { drawStocks, SECTORS } from './stocks.js';

/** How everything of a simulation is marked where it shows. */
export const SYNTHETIC_MARK = 'SYNTHETIC';

/** What nobody in a real market is told. */
export interface SimulationTruth {
  /** [session] 0 calm, 1 stressed. */
  readonly regimes: Uint8Array;
  /** [session] of the market, a session's fraction. */
  readonly marketVolatility: Float64Array;
  /** [symbol] */
  readonly betas: Float64Array;
  /** [symbol, session] residual volatility, a session's fraction. */
  readonly volatility: Float64Array;
  /** [symbol, session] log return beside market and sector from this open to the next; NaN where the stock is not listed. */
  readonly residual: Float64Array;
  /** [symbol, session] normal score of past returns in volatilities, 0 where there is none. */
  readonly momentum: Float32Array;
  /** [symbol, session] what the neighbours in the hidden graph did, from close to close. */
  readonly neighbours: Float32Array;
  readonly graph: HiddenGraph | null;
  readonly slopes: PlantedSlopes;
  /** Of the stocks with options, `null` when there are none. */
  readonly options: OptionTruth | null;
}

/** A market that never was; positions are those of `symbols` and `sessions`. */
export interface SyntheticMarket {
  readonly mark: typeof SYNTHETIC_MARK;
  readonly settings: SimulationSettings;
  /** Epoch days, [session]. */
  readonly sessions: Int32Array;
  readonly symbols: readonly string[];
  readonly names: readonly string[];
  /** Sector of GICS, [symbol]. */
  readonly sectors: readonly string[];
  readonly bars: SyntheticBars;
  readonly membership: MembershipIntervals;
  readonly news: SyntheticNews;
  /** Feature columns by name, Float32 [symbol, session], known at the close of their session. */
  readonly signals: ReadonlyMap<string, Float32Array>;
  readonly truth: SimulationTruth;
  /** Option chains, made when asked for; `null` when the settings have none. */
  readonly options: SyntheticOptions | null;
}

/**
 * A market of stocks over the real sessions of XNYS, with planted effects of stated strength; `docs/SIMULATION.md`.
 *
 * Each part draws from a stream of its own: other news leave the prices as they are, and a later end leaves what came before.
 * @throws InvariantError `BAD_SIMULATION` for settings out of range, or a span without two sessions
 */
export function syntheticMarket(options: SimulationOptions, rng: Rng): SyntheticMarket {
  const settings = settleSimulation(options);
  const sessions = XNYS.sessionDays(toEpochDay(settings.start), toEpochDay(settings.end));
  if (sessions.length < 2) throw new InvariantError(`expected at least two sessions, found ${sessions.length} from ${settings.start} to ${settings.end} in a simulation`, { code: 'BAD_SIMULATION', fields: { start: settings.start, end: settings.end } });
  const length = sessions.length + sessionsBeyond(settings.options); // the news and options of the last session tell of the next ones
  const stocks = drawStocks(settings, rng.fork('stocks'));
  const inputs: LatentInputs = {
    settings, stocks, length,
    factors: drawFactors(settings, length, rng.fork('factors')),
    listing: drawListing(settings, length, rng.fork('listing')),
    graph: settings.graph === null ? null : drawHiddenGraph(stocks.sectorOf, settings.graph, rng.fork('graph')),
  };
  const returns = drawReturns(inputs, rng.fork('returns'));
  const cut = cutter(settings.symbols, length, sessions.length);
  const bars = drawBars(returns, inputs, sessions.length, rng.fork('bars'));
  const optionChains = settings.options === null ? null : new SyntheticOptions(settings.options, { inputs, returns, bars, sessions }, rng.fork('options'));
  return {
    mark: SYNTHETIC_MARK,
    settings, sessions,
    symbols: stocks.symbols,
    names: stocks.names,
    sectors: Array.from(stocks.sectorOf, (sector) => SECTORS[sector]),
    bars,
    options: optionChains,
    membership: membershipIntervals(inputs.listing, length, sessions.length),
    news: drawNews(returns, inputs, sessions, rng.fork('news')),
    signals: new Map(settings.signals.map(({ name }, k) => [name, cut(returns.signals[k], new Float32Array(settings.symbols * sessions.length))])),
    truth: { ...truthOf(inputs, returns, sessions.length), options: optionChains?.truth ?? null },
  };
}

type Cut = <Column extends Float32Array | Float64Array>(from: Column, into: Column) => Column;

/** Copies the first sessions of each symbol. */
function cutter(count: number, length: number, sessionCount: number): Cut {
  return (from, into) => {
    for (let i = 0; i < count; i++) into.set(from.subarray(i * length, i * length + sessionCount), i * sessionCount);
    return into;
  };
}

function truthOf({ settings, stocks, factors, listing, graph, length }: LatentInputs, returns: LatentReturns, sessionCount: number): Omit<SimulationTruth, 'options'> {
  const size = settings.symbols * sessionCount;
  const cut = cutter(settings.symbols, length, sessionCount);
  const known = returns.residual.map((value, at) => (hasBar(listing[at]) ? value : NaN));
  return {
    regimes: factors.regimes.slice(0, sessionCount),
    marketVolatility: factors.marketVolatility.slice(0, sessionCount),
    betas: stocks.betas,
    volatility: cut(returns.volatility, new Float64Array(size)),
    residual: cut(known, new Float64Array(size)),
    momentum: cut(returns.momentum, new Float32Array(size)),
    neighbours: cut(returns.neighbours, new Float32Array(size)),
    graph,
    slopes: returns.slopes,
  };
}
