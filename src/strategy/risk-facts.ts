import { medianDollarVolume } from '../features/volume/dollar-volume.js';
import { correlation } from '../math/correlation.js';
import { fitLine, mean } from '../math/stats.js';
import type { RiskFacts, RiskName } from '../portfolio/rules/rule.js';
import type { BookView, Decision, Target } from './strategy.js';
import { holdingWeight, sessionsHeld } from './top-ranked/review.js';
import type { MarketView } from './view.js';

/** Sessions that each fact is taken from. */
const SESSIONS = { correlation: 63, beta: 63, gaps: 252, liquidity: 21 } as const;
/** Returns that a correlation or a slope needs. */
const ENOUGH = 40;
/** Share of the overnight returns that counts as the worst. */
const WORST = 0.05;

/**
 * What risk rules judge a decision by, all of it known at the close of the session.
 *
 * Betas are against the mean return of everyone that may be bought; sectors are last known; the sessions to the next earnings report are
 * what past reports let expect, NaN where the feature was not computed.
 */
export function riskFacts(view: MarketView, book: BookView, { targets }: Pick<Decision, 'targets'>): RiskFacts {
  const returns = new DailyReturns(view);
  const held = new Map(book.positions.map((position) => [position.symbol, position]));
  const market = targets.length === 0 ? new Float64Array(0) : returns.market();
  const names = targets.map((target, i): [string, RiskName] => {
    const { symbol } = target;
    const position = held.get(symbol);
    return [symbol, {
      symbol,
      held: position === undefined ? 0 : holdingWeight(view, book, position),
      priority: priorityOf(target, i, targets.length),
      sector: view.sector(symbol),
      volatility: view.feature('realized-volatility-63', symbol),
      beta: slope(returns.of(symbol), market),
      dollarVolume: medianDollarVolume(view.history('tradedValue', symbol, SESSIONS.liquidity)),
      gapLoss: gapLoss(view, symbol),
      sessionsToEarnings: view.feature('sessions-to-earnings', symbol),
      horizon: position === undefined ? target.horizon : Math.max(0, target.horizon - sessionsHeld(view, position)),
      locked: position !== undefined && (!view.hasBar(symbol) || view.isSuspect(symbol)),
    }];
  });
  const drawdown = book.highestEquity > 0 ? Math.max(0, 1 - book.equity / book.highestEquity) : 0;
  return { session: view.session, equity: book.equity, drawdown, names: new Map(names), correlation: (a, b) => (a < b ? correlationOf(returns.of(a), returns.of(b)) : correlationOf(returns.of(b), returns.of(a))) };
}

/** What is ranked comes by rank, the rest after it in the order of the decision. */
function priorityOf({ standing }: Target, place: number, count: number): number {
  return standing === null ? 1e6 + place / Math.max(1, count) : standing.rank;
}

/** Close-to-close returns up to the session, read once for each name. */
class DailyReturns {
  readonly #view: MarketView;
  readonly #known = new Map<string, Float64Array>();

  constructor(view: MarketView) {
    this.#view = view;
  }

  of(symbol: string): Float64Array {
    let returns = this.#known.get(symbol);
    if (returns === undefined) {
      const closes = this.#view.history('close', symbol, SESSIONS.correlation + 1);
      returns = closes.subarray(1).map((close, i) => close / closes[i] - 1);
      if (this.#view.isSuspect(symbol)) returns[returns.length - 1] = Number.NaN; // the next bar shows whether the print was true
      this.#known.set(symbol, returns);
    }
    return returns;
  }

  /** Mean return of everyone that may be bought, [session]. */
  market(): Float64Array {
    const all = this.#view.eligible.map((symbol) => this.of(symbol));
    const length = Math.max(0, ...all.map((returns) => returns.length));
    return Float64Array.from({ length }, (_, t) => mean(all.map((returns) => returns[t]).filter((value) => !Number.isNaN(value))));
  }
}

/** Two series on the sessions on which both are known; `null` for too few. */
function onCommonSessions(a: Float64Array, b: Float64Array): readonly [number[], number[]] | null {
  const both: [number[], number[]] = [[], []];
  for (let t = 0; t < Math.min(a.length, b.length); t++) {
    if (Number.isNaN(a[t]) || Number.isNaN(b[t])) continue;
    both[0].push(a[t]);
    both[1].push(b[t]);
  }
  return both[0].length < ENOUGH ? null : both;
}

function correlationOf(a: Float64Array, b: Float64Array): number {
  const both = onCommonSessions(a, b);
  return (both === null ? null : correlation(...both)) ?? Number.NaN;
}

function slope(own: Float64Array, market: Float64Array): number {
  const both = onCommonSessions(market, own);
  return both === null ? Number.NaN : fitLine(...both).slope;
}

/** Mean of the worst twentieth of the overnight returns as a loss (fraction); NaN for less than half a year of them. */
function gapLoss(view: MarketView, symbol: string): number {
  const [opens, closes] = [view.history('open', symbol, SESSIONS.gaps + 1), view.history('close', symbol, SESSIONS.gaps + 1)];
  const gaps = opens.subarray(1).map((open, i) => open / closes[i] - 1).filter((value) => !Number.isNaN(value)).sort();
  if (gaps.length < SESSIONS.gaps / 2) return Number.NaN;
  return Math.max(0, -mean(gaps.subarray(0, Math.max(1, Math.round(gaps.length * WORST)))));
}
