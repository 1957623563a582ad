import type { EpochDay } from '../../core/dates.js';
import type { CleanRows } from '../chain/clean-rows.js';
import { gammaByStrike, openInterestByStrike, type ByStrike } from '../exposure/by-strike.js';
import { carriedConvention, USUAL_CONVENTION, type ExposureConvention } from '../exposure/convention.js';
import { gammaFlips, gammaProfile, gammaTerms, profileSpots } from '../exposure/gamma-profile.js';
import { openContracts } from '../exposure/open-contracts.js';
import type { ChainSummary } from '../summary/columns.js';
import { summarizeChain } from '../summary/summarize-chain.js';
import type { ValuedExpiry } from '../valuation/expiries.js';
import type { ValuedChain, VolatilityCounts } from '../valuation/valued-chain.js';

/** A smile as it is drawn: contracts with their own volatility, and the curve through them. */
export interface DrawnSmile {
  readonly days: number;
  readonly kind: 'svi' | 'spline';
  readonly points: number;
  /** Fraction; 0.01 is one point of volatility. */
  readonly rmsError: number;
  readonly forward: number;
  readonly quotes: { readonly strike: readonly number[]; readonly volatility: readonly number[]; readonly isCall: readonly boolean[] };
  readonly curve: { readonly strike: readonly number[]; readonly volatility: readonly number[] };
}

/** All that is shown of one underlying's chain of one session; plain numbers, ready for JSON. */
export interface ChainPanel {
  readonly underlying: string;
  readonly session: EpochDay;
  readonly spot: number;
  readonly summary: ChainSummary;
  readonly quality: Pick<CleanRows, 'found' | 'count' | 'excluded' | 'unpriced' | 'spotFrom' | 'hasQuotes' | 'isMixed'> & { readonly volatilityFrom: VolatilityCounts };
  /** Dealers' exposure if the underlying stood elsewhere, quote currency a move of one percent. */
  readonly gammaProfile: { readonly spot: readonly number[]; readonly exposure: readonly number[]; readonly flips: readonly number[] };
  /** Strikes near the spot, ascending; gamma in quote currency a move of one percent, puts with their sign. */
  readonly byStrike: { readonly strike: readonly number[]; readonly callGamma: readonly number[]; readonly putGamma: readonly number[]; readonly callOpenInterest: readonly number[]; readonly putOpenInterest: readonly number[] };
  readonly smiles: readonly DrawnSmile[];
  /** At the forward, of every expiry that has a smile. */
  readonly termStructure: readonly { readonly days: number; readonly volatility: number }[];
}

/** How far from the spot strikes are shown, as a fraction. */
const SHOWN = 0.25;
/** Points of a drawn smile. */
const CURVE_POINTS = 41;
/** Days whose smiles are drawn: the nearest expiry to each. */
const DRAWN_DAYS = [7, 30, 90] as const;

/** Gathers what a page or a card shows of a valued chain. */
export function chainPanel(chain: ValuedChain, usual: ExposureConvention = USUAL_CONVENTION): ChainPanel {
  const { rows, expiries, volatilityFrom } = chain;
  const { underlying, session, spot, found, count, excluded, unpriced, spotFrom, hasQuotes, isMixed } = rows;
  const convention = carriedConvention(usual, chain);
  const contracts = openContracts(rows, chain.volatility, convention);
  const terms = gammaTerms(contracts, convention);
  const spots = spot > 0 && contracts.count > 0 ? profileSpots(spot, convention) : new Float64Array(0);
  const profile = gammaProfile(terms, spots);
  const fitted = expiries.filter(({ smile }) => smile.kind !== 'none');
  return {
    underlying, session, spot,
    summary: summarizeChain(chain, usual),
    quality: { found, count, excluded, unpriced, spotFrom, hasQuotes, isMixed, volatilityFrom },
    gammaProfile: { spot: [...spots], exposure: [...profile], flips: gammaFlips(spots, profile) },
    byStrike: nearSpot(gammaByStrike(contracts, terms, spot), openInterestByStrike(rows), spot),
    smiles: nearestTo(fitted).map((expiry) => drawnSmile(expiry, rows, chain.volatility)),
    termStructure: fitted.flatMap(({ days, smile }) => (smile.kind === 'none' ? [] : [{ days, volatility: smile.volatility(0) }])),
  };
}

function nearSpot(gamma: ByStrike, open: ByStrike, spot: number): ChainPanel['byStrike'] {
  const byStrike = new Map(Array.from(gamma.strike, (strike, k) => [strike, { call: gamma.call[k], put: gamma.put[k] }]));
  const near = Array.from(open.strike.keys()).filter((k) => Math.abs(open.strike[k] / spot - 1) <= SHOWN);
  return {
    strike: near.map((k) => open.strike[k]),
    callGamma: near.map((k) => byStrike.get(open.strike[k])?.call ?? 0),
    putGamma: near.map((k) => byStrike.get(open.strike[k])?.put ?? 0),
    callOpenInterest: near.map((k) => open.call[k]),
    putOpenInterest: near.map((k) => open.put[k]),
  };
}

/** The expiries nearest the drawn days, each once. */
function nearestTo(fitted: readonly ValuedExpiry[]): ValuedExpiry[] {
  if (fitted.length === 0) return [];
  const chosen = DRAWN_DAYS.map((days) => fitted.reduce((best, one) => (Math.abs(one.days - days) < Math.abs(best.days - days) ? one : best)));
  return [...new Set(chosen)];
}

function drawnSmile({ days, smile, start, end, forward }: ValuedExpiry, { strike, isCall, price }: CleanRows, volatility: Float64Array): DrawnSmile {
  if (smile.kind === 'none') throw new RangeError('expected an expiry with a smile');
  const shown: number[] = [];
  for (let i = start; i < end; i++) {
    const k = Math.log(strike[i] / forward.forward);
    const isOut = isCall[i] === 1 ? k >= 0 : k <= 0;
    if (isOut && price[i] > 0 && volatility[i] > 0 && k >= smile.lowest && k <= smile.highest) shown.push(i);
  }
  const grid = Array.from({ length: CURVE_POINTS }, (_, p) => smile.lowest + ((smile.highest - smile.lowest) * p) / (CURVE_POINTS - 1));
  return {
    days, kind: smile.kind, points: smile.points, rmsError: smile.rmsError, forward: forward.forward,
    quotes: { strike: shown.map((i) => strike[i]), volatility: shown.map((i) => volatility[i]), isCall: shown.map((i) => isCall[i] === 1) },
    curve: { strike: grid.map((k) => forward.forward * Math.exp(k)), volatility: grid.map((k) => smile.volatility(k)) },
  };
}
