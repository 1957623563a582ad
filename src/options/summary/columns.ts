/**
 * What a session's chain of one underlying comes down to, one number each; NaN where the chain does not tell.
 *
 * All of it is known at the decision time of the chain's session: volume, prices and volatility of the session, open interest settled the
 * session before. Prices are unadjusted, quote currency; volatilities annual fractions; Greeks per 1.00 of volatility and per year.
 */
export const SUMMARY_COLUMNS = {
  spot: 'price of the underlying at the close, unadjusted',
  isMixed: '1 where contracts or prices of another basis stand in the chain, or the source calls it stale, else 0',
  contracts: 'contracts that count',
  callVolume: 'calls traded',
  putVolume: 'puts traded',
  callOpenInterest: 'open calls',
  putOpenInterest: 'open puts',
  expiringOpenInterest: 'open contracts that expire on the session',
  callGamma: "dealers' gamma exposure of calls, quote currency a move of one percent",
  putGamma: 'the same of puts, with its sign',
  vannaExposure: "dealers' vanna exposure: delta in quote currency a point of volatility (0.01)",
  charmExposure: "dealers' charm exposure: delta in quote currency a calendar day",
  gammaFlip: 'price at which the exposure of all contracts changes its sign, nearest the spot',
  callWall: 'strike of the largest gamma exposure of calls',
  putWall: 'strike of the largest gamma exposure of puts',
  maxPain: 'strike at which holders of the largest expiry within 45 days would be paid least',
  pinStrike: 'strike near the spot with most open contracts of the nearest expiry within a week',
  pinShare: 'its share of the open contracts of that expiry',
  volatility7: 'at-the-money volatility at 7 days',
  volatility30: 'at 30 days',
  volatility60: 'at 60 days',
  volatility90: 'at 90 days',
  call25: 'volatility of calls at a delta of 0.25, 30 days',
  put25: 'volatility of puts at a delta of 0.25, 30 days',
  call10: 'volatility of calls at a delta of 0.10, 30 days',
  put10: 'volatility of puts at a delta of 0.10, 30 days',
  modelFreeVariance30: 'annual variance at 30 days that options of all strikes imply',
  eventMove: 'move that the nearest expiry has above the ambient volatility of the next ones, fraction, with its sign',
  meanDelta: 'delta of an open contract on average, calls and puts with their signs',
  meanVega: 'vega of an open contract on average over the spot',
  meanTheta: 'theta of an open contract on average over the spot, a year',
  meanVanna: 'vanna of an open contract on average',
  meanCharm: 'charm of an open contract on average, a year',
  newCallPremium: 'money paid for out-of-the-money calls of contracts that traded more than was open',
  newPutPremium: 'the same of puts',
  nearCallOpenInterest: 'open calls up to 10 % above the spot within 30 days',
  monthlyExpiry: 'the next monthly expiry after the session (third Friday or the day before), epoch day',
  monthlyOpenInterest: 'open contracts up to and on the monthly expiry',
  laterOpenInterest: 'open contracts after it',
} as const;

export type SummaryColumn = keyof typeof SUMMARY_COLUMNS;

export const SUMMARY_COLUMN_NAMES = Object.keys(SUMMARY_COLUMNS) as readonly SummaryColumn[];

/** One session of one underlying. */
export type ChainSummary = Readonly<Record<SummaryColumn, number>>;
