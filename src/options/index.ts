/** Options: pricing, implied volatility, Greeks, chains, surfaces, exposure and signals as plain functions, usable without anything else here. */

// pricing
export { blackPrice } from './pricing/black.js';
export { blackScholesGreeks, blackScholesPrice } from './pricing/black-scholes.js';
export { greeks } from './pricing/greeks.js';
export type { Greek } from './pricing/greek-formulas.js';
export type { EuropeanOption, OptionColumns } from './pricing/option-columns.js';
export { forwardPrice } from './pricing/forward-price.js';
export { spotLessDividends } from './pricing/spot-less-dividends.js';
export { americanPrice, americanValue } from './pricing/american/american-price.js';
export { earlyExerciseBound, earlyExerciseMatters } from './pricing/american/early-exercise-bound.js';
export { latticePrice } from './pricing/american/lattice-price.js';

// implied volatility
export { americanImpliedVolatility, europeanEquivalentPrice } from './pricing/american/american-implied-volatility.js';
export { impliedVolatilities, type ForwardPriceColumns, type PriceColumns } from './implied-volatility/implied-volatilities.js';
export { impliedVolatility } from './implied-volatility/implied-volatility.js';

// chains
export { CONTRACT_SHARES, yearsTo, type OptionChain } from './chain/option-chain.js';
export { cleanChain, USUAL_CLEANING, type CleaningRules } from './chain/clean-chain.js';
export { EXCLUSIONS, UNPRICED, expirySlices, type CleanRows, type ExpirySlice } from './chain/clean-rows.js';
export { atTheMoneyVolatility, volatilityAt, volatilityAtDelta } from './chain/listed-volatility.js';
export { valueChain, type ValuationOptions, type ValuedChain } from './valuation/valued-chain.js';
export type { ValuedExpiry } from './valuation/expiries.js';
export { volatilitiesOfPrices } from './valuation/volatilities-of-prices.js';

// surfaces
export { constantMaturity, type ConstantMaturity } from './surface/constant-maturity.js';
export { countChainArbitrage } from './surface/arbitrage.js';
export { estimateForward, type ForwardEstimate } from './surface/forward.js';
export { fitSmile } from './surface/fit-smile.js';
export { modelFreeVariance } from './surface/model-free-variance.js';
export { flatRate, zeroCurve, type RateCurve } from './surface/rate-curve.js';
export { rowsOfExpiry, type ExpiryRows } from './surface/expiry-rows.js';
export type { NoSmile, Smile } from './surface/smile.js';
export { smileQuotes, type SmileQuotes } from './surface/smile-quotes.js';
export { buildSurface, type VolatilitySurface } from './surface/surface.js';
export { sviTotalVariance, type SviSlice } from './surface/svi.js';

// exposure
export { gammaByStrike, openInterestByStrike, strikeGrid, sumByStrike, type ByStrike, type StrikeGrid } from './exposure/by-strike.js';
export { gammaAtSpot } from './exposure/gamma-at-spot.js';
export { USUAL_CONVENTION, type ExposureConvention } from './exposure/convention.js';
export { gammaFlips, gammaProfile, gammaTerms, nearestFlip, profileSpots } from './exposure/gamma-profile.js';
export { maxPain, type MaxPain } from './exposure/max-pain.js';
export { openContracts, type OpenContracts } from './exposure/open-contracts.js';
export { pinRisk, type PinRisk } from './exposure/pin-risk.js';
export { gammaWalls, openInterestWalls } from './exposure/walls.js';

// what a chain comes down to
export { SUMMARY_COLUMNS, SUMMARY_COLUMN_NAMES, type ChainSummary, type SummaryColumn } from './summary/columns.js';
export { summarizeChain } from './summary/summarize-chain.js';
export { chainPanel, type ChainPanel } from './panel/chain-panel.js';
