import { centred, correlation, correlationOfCentred, type CentredSeries } from '../math/correlation.js';
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
  const evening = view.once(EveningFacts, () => new EveningFacts(view));
  const held = new Map(book.positions.map((position) => [position.symbol, position]));
  const names = targets.map((target, i): [string, RiskName] => {
    const { symbol } = target;
    const position = held.get(symbol);
    return [symbol, {
      symbol,
      held: position === undefined ? 0 : holdingWeight(view, book, position),
      priority: priorityOf(target, i, targets.length),
      ...evening.of(symbol),
      horizon: position === undefined ? target.horizon : Math.max(0, target.horizon - sessionsHeld(view, position)),
      locked: position !== undefined && (!view.hasBar(symbol) || view.isSuspect(symbol)),
    }];
  });
  const drawdown = book.highestEquity > 0 ? Math.max(0, 1 - book.equity / book.highestEquity) : 0;
  return { session: view.session, equity: book.equity, drawdown, names: new Map(names), correlation: (a, b) => evening.correlation(a, b) };
}

/** What is ranked comes by rank, the rest after it in the order of the decision. */
function priorityOf({ standing }: Target, place: number, count: number): number {
  return standing === null ? 1e6 + place / Math.max(1, count) : standing.rank;
}

/** What a name is whoever holds it. */
type OwnFacts = Pick<RiskName, 'sector' | 'volatility' | 'beta' | 'dollarVolume' | 'gapLoss' | 'sessionsToEarnings'>;

/** Facts of an evening, each worked out when it is first asked for. */
class EveningFacts {
  readonly #view: MarketView;
  readonly #facts = new Map<string, OwnFacts>();
  readonly #returns = new Map<string, KnownReturns>();
  readonly #correlations = new Map<string, Map<string, number>>();
  readonly #gaps = new Float64Array(SESSIONS.gaps);
  #market: Float64Array | null = null;
  #piece: Float64Array | null = null;
  #used = 0;

  constructor(view: MarketView) {
    this.#view = view;
  }

  of(symbol: string): OwnFacts {
    let facts = this.#facts.get(symbol);
    if (facts === undefined) {
      this.#market ??= this.#view.eligibleReturns(SESSIONS.beta);
      facts = {
        sector: this.#view.sector(symbol),
        volatility: this.#view.feature('realized-volatility-63', symbol),
        beta: slope(this.#returnsOf(symbol).values, this.#market),
        dollarVolume: this.#view.medianTradedValue(symbol, SESSIONS.liquidity),
        gapLoss: gapLoss(this.#gaps.subarray(0, this.#view.writeOvernightReturns(symbol, this.#gaps))),
        sessionsToEarnings: this.#view.feature('sessions-to-earnings', symbol),
      };
      this.#facts.set(symbol, facts);
    }
    return facts;
  }

  /** The same both ways round. */
  correlation(a: string, b: string): number {
    const [first, second] = a < b ? [a, b] : [b, a];
    let known = this.#correlations.get(first);
    if (known === undefined) this.#correlations.set(first, (known = new Map<string, number>()));
    let found = known.get(second);
    if (found === undefined) known.set(second, (found = correlationOf(this.#returnsOf(first), this.#returnsOf(second))));
    return found;
  }

  #returnsOf(symbol: string): KnownReturns {
    let returns = this.#returns.get(symbol);
    if (returns === undefined) this.#returns.set(symbol, (returns = knownReturns(this.#view, symbol, this.#room())));
    return returns;
  }

  /** Room for two series, out of a larger piece: small pieces cost as much. */
  #room(): [Float64Array, Float64Array] {
    const length = SESSIONS.correlation;
    if (this.#piece === null || this.#used + 2 * length > this.#piece.length) [this.#piece, this.#used] = [new Float64Array(64 * length), 0];
    const at = this.#used;
    this.#used += 2 * length;
    return [this.#piece.subarray(at, at + length), this.#piece.subarray(at + length, at + 2 * length)];
  }
}

interface KnownReturns {
  /** Close to close, up to the session; NaN where unknown. */
  readonly values: Float64Array;
  /** Where none is unknown. */
  readonly centred: CentredSeries | null;
}

function knownReturns(view: MarketView, symbol: string, [room, centredRoom]: readonly [Float64Array, Float64Array]): KnownReturns {
  const length = view.writeReturns(symbol, room);
  const values = length === room.length ? room : room.subarray(0, length);
  if (view.isSuspect(symbol)) values[length - 1] = Number.NaN; // the next bar shows whether the print was true
  let sum = 0;
  for (const value of values) sum += value;
  return { values, centred: Number.isNaN(sum) ? null : centred(values, length === room.length ? centredRoom : undefined) };
}

/** Two series on the sessions on which both are known; `null` for too few. */
function onCommonSessions(a: Float64Array, b: Float64Array): readonly [ArrayLike<number>, ArrayLike<number>] | null {
  const length = Math.min(a.length, b.length);
  let isWhole = a.length === b.length && length >= ENOUGH;
  for (let t = 0; t < length && isWhole; t++) isWhole = !Number.isNaN(a[t] + b[t]);
  if (isWhole) return [a, b];
  const both: [number[], number[]] = [[], []];
  for (let t = 0; t < length; t++) {
    if (Number.isNaN(a[t]) || Number.isNaN(b[t])) continue;
    both[0].push(a[t]);
    both[1].push(b[t]);
  }
  return both[0].length < ENOUGH ? null : both;
}

function correlationOf(a: KnownReturns, b: KnownReturns): number {
  if (a.centred !== null && b.centred !== null && a.values.length === b.values.length && a.values.length >= ENOUGH) return correlationOfCentred(a.centred, b.centred) ?? Number.NaN;
  const both = onCommonSessions(a.values, b.values);
  return (both === null ? null : correlation(...both)) ?? Number.NaN;
}

function slope(own: Float64Array, market: Float64Array): number {
  const both = onCommonSessions(market, own);
  return both === null ? Number.NaN : fitLine(...both).slope;
}

/** Mean of the worst twentieth of the overnight returns as a loss (fraction); NaN for less than half a year of them. */
function gapLoss(gaps: Float64Array): number {
  const worst: number[] = [];
  let known = 0;
  let most = Infinity;
  for (let night = 0; night < gaps.length; night++) {
    const gap = gaps[night];
    if (Number.isNaN(gap)) continue;
    known++;
    if (worst.length === MOST_COUNTED && !(gap < most)) continue;
    keepSmallest(worst, gap, MOST_COUNTED);
    most = worst[worst.length - 1];
  }
  if (known < SESSIONS.gaps / 2) return Number.NaN;
  return Math.max(0, -mean(worst.slice(0, Math.max(1, Math.round(known * WORST)))));
}

/** Nights of a whole history that count as the worst. */
const MOST_COUNTED = Math.round(SESSIONS.gaps * WORST);

/** Puts a value among the smallest so far, ascending, no more than `count`: then in the place of the largest of them. */
function keepSmallest(smallest: number[], value: number, count: number): void {
  let at = Math.min(smallest.length, count - 1);
  for (; at > 0 && smallest[at - 1] > value; at--) smallest[at] = smallest[at - 1];
  smallest[at] = value;
}
