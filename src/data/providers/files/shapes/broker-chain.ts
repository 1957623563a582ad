import type { FileShape } from './shape.js';

const quotedAt = `timezone('UTC', cast(quote_at_utc as timestamp))`;

/** The session of the whole file: contracts that nobody quoted for long carry older stamps. */
const session = (table: string): string => `(select cast(max(timezone('America/New_York', ${quotedAt})) as date) from ${table})`;

/** One chain of a broker, taken after a close: no date in its rows but the time of each quote. */
export const brokerChain: FileShape = {
  name: 'broker-chain',
  describe: 'chains of one evening, with the time of each quote: their session is the day of the latest quote in New York',
  dataset: 'option_chains',
  columns: ['underlying', 'underlying_price', 'expiration', 'strike', 'cp', 'bid', 'ask', 'last_price', 'volume', 'open_interest', 'iv', 'non_standard', 'quote_at_utc'],
  longRows: (table) =>
    `select underlying, ${session(table)} as session, expiration as expiry, strike, cp as "right", bid, ask, last_price as last, volume, open_interest, iv as implied_volatility, underlying_price, ${quotedAt} as quoted_at from ${table} where not coalesce(cast(non_standard as boolean), false)`,
  leftOut: [{ describe: 'contracts left out that were adjusted for a corporate action and stand for something else than a hundred shares', count: (table) => `select count(*) as n from ${table} where cast(non_standard as boolean)` }],
};
