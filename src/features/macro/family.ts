import type { Feature } from '../feature.js';
import { financialConditions, financialConditionsChange } from './financial-conditions.js';
import { initialClaimsTrend } from './initial-claims.js';
import { monthlyChange } from './monthly-change.js';
import { priceReturn, type DailyPrice } from './price-return.js';
import { rateChange, rateLevel, rateZScore, type Rate } from './rate.js';

const BILL: Rate = { name: 'treasury-3m', id: 'DGS3MO', what: 'the yield of Treasury bills of 3 months', source: 'Board of Governors, H.15; Fama and Schwert (1977)' };
const SHORT: Rate = { name: 'treasury-2y', id: 'DGS2', what: 'the yield of Treasury notes of 2 years', source: 'Board of Governors, H.15' };
const LONG: Rate = { name: 'treasury-10y', id: 'DGS10', what: 'the yield of Treasury notes of 10 years', source: 'Board of Governors, H.15' };
const FED_FUNDS: Rate = { name: 'fed-funds', id: 'DFF', what: 'the effective federal funds rate', source: 'Federal Reserve Bank of New York, DFF' };
const CURVE: Rate = { name: 'curve-10y-2y', id: 'T10Y2Y', what: 'the yield of 10 years less that of 2 years', source: 'Fama and French (1989), term spread; 10 less 2 years' };
const CURVE_TO_BILLS: Rate = { name: 'curve-10y-3m', id: 'T10Y3M', what: 'the yield of 10 years less that of 3 months', source: 'Estrella and Hardouvelis (1991)' };
const BREAKEVEN: Rate = { name: 'breakeven-10y', id: 'T10YIE', what: 'the inflation of 10 years at which nominal and indexed Treasuries break even', source: 'Gürkaynak, Sack and Wright (2010), inflation compensation' };
const REAL: Rate = { name: 'real-yield-10y', id: 'DFII10', what: 'the yield of indexed Treasuries of 10 years', source: 'Board of Governors, H.15; Gürkaynak, Sack and Wright (2010)' };
const HIGH_YIELD: Rate = { name: 'high-yield-spread', id: 'BAMLH0A0HYM2', what: 'the option-adjusted spread of high-yield corporate bonds', source: 'ICE BofA; Gilchrist and Zakrajšek (2012), credit spreads' };
const INVESTMENT_GRADE: Rate = { name: 'investment-grade-spread', id: 'BAMLC0A0CM', what: 'the option-adjusted spread of investment-grade corporate bonds', source: 'ICE BofA; Fama and French (1989), default spread' };

const DOLLAR: DailyPrice = { name: 'dollar', id: 'DXY', what: 'the U.S. dollar index', source: 'ICE, DXY' };
/** Prices of oil come in weekly batches: the newest is nine days old, and ten more where others are too old after ten. */
const OIL = { released: '9 days after its day, as they come in weekly batches', maxAge: 19 } as const;
const WTI: DailyPrice = { ...OIL, name: 'wti', id: 'WTI_SPOT', what: 'West Texas crude oil, spot', source: 'Energy Information Administration; Driesprong, Jacobsen and Maat (2008)' };
const BRENT: DailyPrice = { ...OIL, name: 'brent', id: 'BRENT_SPOT', what: 'Brent crude oil, spot', source: 'Energy Information Administration; Driesprong, Jacobsen and Maat (2008)' };

const growth = (now: number, before: number): number => (before > 0 ? now / before - 1 : Number.NaN);
const rise = (now: number, before: number): number => (now - before) / 100;

/** Rates, spreads, currencies, oil and the economy, as released. */
export const MACRO: readonly Feature[] = [
  ...[BILL, SHORT, LONG, FED_FUNDS].map(rateLevel),
  rateChange(FED_FUNDS, 63),
  rateChange(SHORT, 21),
  rateChange(LONG, 21),
  rateChange(LONG, 63),
  ...[CURVE, CURVE_TO_BILLS].map(rateLevel),
  rateChange(CURVE, 21),
  ...[BREAKEVEN, REAL].flatMap((rate) => [rateLevel(rate), rateChange(rate, 21)]),
  ...[HIGH_YIELD, INVESTMENT_GRADE].flatMap((rate) => [rateLevel(rate), rateChange(rate, 21), rateZScore(rate, 252)]),
  priceReturn(DOLLAR, 21),
  priceReturn(WTI, 21),
  priceReturn(BRENT, 21),
  financialConditions,
  financialConditionsChange(63),
  initialClaimsTrend,
  monthlyChange({ name: 'inflation', id: 'CPIAUCSL', months: 12, change: growth, describe: 'consumer prices over those of 12 months before, less 1', formula: 'CPIAUCSL / CPIAUCSL[12 months before] − 1', unit: 'fraction per year', source: 'Bureau of Labor Statistics; Chen, Roll and Ross (1986)' }),
  monthlyChange({ name: 'unemployment-change', id: 'UNRATE', months: 12, change: rise, describe: 'unemployment rate less that of 12 months before', formula: '(UNRATE − UNRATE[12 months before]) / 100', unit: 'fraction', source: 'Bureau of Labor Statistics; Boyd, Hu and Jagannathan (2005)' }),
  monthlyChange({ name: 'industrial-growth', id: 'INDPRO', months: 12, change: growth, describe: 'industrial production over that of 12 months before, less 1', formula: 'INDPRO / INDPRO[12 months before] − 1', unit: 'fraction per year', source: 'Board of Governors, G.17; Chen, Roll and Ross (1986)' }),
];
