import { CHAIN_COLUMNS, DAYS_PER_YEAR, requireChain, type OptionChain } from './option-chain.js';
import { EXCLUSIONS, UNPRICED, type CleanRows, type Exclusion, type Unpriced } from './clean-rows.js';
import { contractOrder } from './contract-order.js';
import { otherBasis } from './other-basis.js';
import { paritySpot, type ParitySpot } from './parity-spot.js';
import type { PricedRows } from './priced-rows.js';

/** What of a chain is believed; volatilities are annual fractions. */
export interface CleaningRules {
  readonly minVolatility: number;
  readonly maxVolatility: number;
  /** Widest spread that still says something, as a fraction of the middle; quotes of a few ticks pass whatever their spread. */
  readonly maxSpread: number;
  /** Largest distance between the source's spot and that of put-call parity, as a fraction. */
  readonly maxParityGap: number;
  /** The same for a chain that the source calls stale: some of those are of the session all the same. */
  readonly maxParityGapOfStale: number;
  /** Pairs of call and put that put-call parity must stand on before it contradicts the source. */
  readonly minParityPairs: number;
}

export const USUAL_CLEANING: CleaningRules = { minVolatility: 0.01, maxVolatility: 3, maxSpread: 1, maxParityGap: 0.025, maxParityGapOfStale: 0.01, minParityPairs: 4 };

/** By how much a year parity may lie below the spot, for dividends and fees to borrow, and above it, for interest; fractions of the price. */
const CARRY = { below: 0.5, above: 0.08 } as const;

/** Quotes this narrow count whatever their share of the price, quote currency: options at a few cents have no narrower ones. */
const TICKS = 0.1;

/**
 * Takes a chain apart into contracts that count and what was left out, each exclusion counted; nothing is repaired.
 *
 * A row is either a contract (its volume and open interest count) or excluded; a contract has a usable price and volatility or a reason why
 * not. Where the source has no spot it is read off put-call parity. All of it is known at the decision time of the chain's session.
 * @throws InvariantError when the chain's columns differ in length
 */
export function cleanChain(chain: OptionChain, rules: CleaningRules = USUAL_CLEANING): CleanRows {
  requireChain(chain);
  const excluded = emptyCounts(EXCLUSIONS);
  const unpriced = emptyCounts(UNPRICED);
  const rows = sortedRows(chain, excluded);
  const hasQuotes = isQuotedSource(rows);
  const hasOwnVolatility = !hasQuotes && rows.volatility.some((value) => value > 0);
  const priced: PricedRows = { ...rows, hasQuotes, price: new Float64Array(rows.count).fill(Number.NaN), reason: new Array<Unpriced | null>(rows.count).fill(null) };
  for (let i = 0; i < rows.count; i++) priced.reason[i] = setPrice(priced, i, rules);
  const parity = paritySpot(priced);
  const known = chain.spot > LOWEST_PRICE && chain.spot <= HIGHEST_PRICE;
  const spot = known ? chain.spot : parity.spot;
  const left = withoutOtherBasis(priced, spot, excluded);
  const again = left === priced ? parity : paritySpot(left);
  const isOff = known && isOffSpot(again, spot, { ...rules, maxParityGap: chain.isStale ? rules.maxParityGapOfStale : rules.maxParityGap });
  for (let i = 0; i < left.count; i++) {
    const reason = left.reason[i] ?? (isOff ? 'chain-off-spot' : hasOwnVolatility ? volatilityProblem(left.volatility[i], rules) : null);
    if (reason === null) continue;
    unpriced[reason]++;
    left.volatility[i] = Number.NaN;
    // a price without a believed volatility of the source may still have one of its own
    if (reason !== 'no-volatility' && reason !== 'absurd-volatility') left.price[i] = Number.NaN;
  }
  const { reason: _, ...columns } = left;
  return { ...columns, hasOwnVolatility, underlying: chain.underlying, session: chain.session, spot, spotFrom: known ? 'source' : spot > 0 ? 'parity' : null, isMixed: chain.isStale || excluded['other-basis'] > 0, hasVolume: chain.volume.some((value) => !Number.isNaN(value)), hasOpenInterest: chain.openInterest.some((value) => !Number.isNaN(value)), found: chain.expiry.length, excluded, unpriced };
}

/** Whether prices are of another price of the underlying: too far apart for what carry can explain. */
function isOffSpot({ spot: parity, pairs, years }: ParitySpot, spot: number, { minParityPairs, maxParityGap }: CleaningRules): boolean {
  const gap = parity / spot - 1;
  return pairs >= minParityPairs && (gap > maxParityGap + CARRY.above * years || gap < -maxParityGap - CARRY.below * years);
}

/** Share of the rows with any price that must have a quote for the source to be one of quotes: a stray one must not take all others for unquoted. */
const QUOTED_SHARE = 0.25;

function isQuotedSource({ count, bid, ask, last }: Pick<PricedRows, 'count' | 'bid' | 'ask' | 'last'>): boolean {
  let [quoted, priced] = [0, 0];
  for (let i = 0; i < count; i++) {
    const hasQuote = bid[i] > 0 && ask[i] > 0;
    if (hasQuote) quoted++;
    if (hasQuote || last[i] > 0) priced++;
  }
  return quoted > 0 && quoted >= QUOTED_SHARE * priced;
}

function emptyCounts<Name extends string>(names: Readonly<Record<Name, string>>): Record<Name, number> {
  return Object.fromEntries(Object.keys(names).map((name) => [name, 0])) as Record<Name, number>;
}

/** Contracts sorted and each there once, what is none counted; columns are copies. */
function sortedRows(chain: OptionChain, excluded: Record<Exclusion, number>): Omit<PricedRows, 'price' | 'reason' | 'hasQuotes'> {
  const order = contractOrder(chain);
  const kept = new Int32Array(order.length);
  let count = 0;
  for (const row of order) {
    const problem = rowProblem(chain, row) ?? (count > 0 && isSame(chain, row, kept[count - 1]) ? 'duplicate' : null);
    if (problem === null) kept[count++] = row;
    else {
      excluded[problem]++;
      if (problem === 'duplicate' && activity(chain, kept[count - 1]) === 0) kept[count - 1] = row;
    }
  }
  const rows = kept.subarray(0, count);
  const copied = Object.fromEntries(CHAIN_COLUMNS.map((name) => [name, Float64Array.from(rows, (row) => chain[name][row])])) as Record<(typeof CHAIN_COLUMNS)[number], Float64Array>;
  const { strike, bid, ask, last, impliedVolatility } = copied;
  const orZero = (values: Float64Array): Float64Array => values.map((value) => (value > 0 ? value : 0));
  const expiry = Int32Array.from(rows, (row) => chain.expiry[row]);
  return {
    count, expiry, strike, bid, ask, last,
    years: Float64Array.from(expiry, (day) => (day - chain.session) / DAYS_PER_YEAR),
    isCall: Uint8Array.from(rows, (row) => chain.isCall[row]),
    volume: orZero(copied.volume),
    openInterest: orZero(copied.openInterest),
    isOpenInterestKnown: Uint8Array.from(copied.openInterest, (value) => (Number.isNaN(value) ? 0 : 1)),
    volatility: impliedVolatility,
  };
}

function rowProblem({ session, strike, expiry, volume, openInterest }: OptionChain, row: number): Exclusion | null {
  if (!(strike[row] > 0 && strike[row] <= HIGHEST_PRICE) || expiry[row] <= MISSING_DAY) return 'bad-contract';
  if (expiry[row] < session) return 'expired';
  if (volume[row] < 0 || openInterest[row] < 0 || volume[row] > MOST_CONTRACTS || openInterest[row] > MOST_CONTRACTS) return 'impossible-count';
  return null;
}

/** No day of any chain: what columns of days hold where there is none lies below. */
const MISSING_DAY = -1_000_000;
/** Quote currency and contracts beyond which a number is a slip: no share costs ten million, no contract is held a billion times. */
const HIGHEST_PRICE = 1e7;
const LOWEST_PRICE = 1e-6;
const MOST_CONTRACTS = 1e9;

const isSame = ({ expiry, strike, isCall }: OptionChain, a: number, b: number): boolean => expiry[a] === expiry[b] && strike[a] === strike[b] && isCall[a] === isCall[b];

const activity = ({ volume, openInterest }: OptionChain, row: number): number => (volume[row] > 0 ? volume[row] : 0) + (openInterest[row] > 0 ? openInterest[row] : 0);

/** Sets the price of a contract, or says why it has none. */
function setPrice({ years, bid, ask, last, volume, price, hasQuotes }: PricedRows, i: number, { maxSpread }: CleaningRules): Unpriced | null {
  if (years[i] === 0) return 'expiring';
  if (hasQuotes) {
    if (!(bid[i] > 0 && ask[i] > 0 && ask[i] <= HIGHEST_PRICE)) return 'empty-quote';
    if (bid[i] > ask[i]) return 'crossed-quote';
    const middle = (bid[i] + ask[i]) / 2;
    if (ask[i] - bid[i] > Math.max(maxSpread * middle, TICKS)) return 'wide-quote';
    price[i] = middle;
    return null;
  }
  if (!(last[i] > 0 && last[i] <= HIGHEST_PRICE)) return volume[i] > 0 ? 'no-price' : 'stale-trade';
  if (volume[i] === 0) return 'stale-trade';
  price[i] = last[i];
  return null;
}

function volatilityProblem(volatility: number, { minVolatility, maxVolatility }: CleaningRules): Unpriced | null {
  if (Number.isNaN(volatility)) return 'no-volatility';
  return volatility >= minVolatility && volatility <= maxVolatility ? null : 'absurd-volatility';
}

/** Drops contracts whose strikes are of another basis than the spot; the rows themselves when there are none. */
function withoutOtherBasis(rows: PricedRows, spot: number, excluded: Record<Exclusion, number>): PricedRows {
  const isOther = otherBasis(rows, spot);
  if (isOther === null) return rows;
  const kept = Array.from({ length: rows.count }, (_, i) => i).filter((i) => !isOther(rows.strike[i]));
  excluded['other-basis'] += rows.count - kept.length;
  const pick = (values: Float64Array): Float64Array => Float64Array.from(kept, (i) => values[i]);
  return {
    ...rows,
    count: kept.length,
    expiry: Int32Array.from(kept, (i) => rows.expiry[i]),
    isCall: Uint8Array.from(kept, (i) => rows.isCall[i]),
    years: pick(rows.years), strike: pick(rows.strike), bid: pick(rows.bid), ask: pick(rows.ask), last: pick(rows.last), price: pick(rows.price),
    volume: pick(rows.volume), openInterest: pick(rows.openInterest), isOpenInterestKnown: Uint8Array.from(kept, (i) => rows.isOpenInterestKnown[i]), volatility: pick(rows.volatility),
    reason: kept.map((i) => rows.reason[i]),
  };
}
