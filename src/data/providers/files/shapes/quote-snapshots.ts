import type { FileShape } from './shape.js';

/** Snapshots of chains with quotes, one a day and underlying, some of them taken before the close. */
export const quoteSnapshots: FileShape = {
  name: 'quote-snapshots',
  describe: 'snapshots of chains with quotes and the time of each in New York; those taken before the close are no end-of-day chains',
  dataset: 'option_chains',
  columns: ['date', 'snapshot_et', 'after_close', 'underlying', 'expiration', 'strike', 'cp', 'bid', 'ask', 'last_price', 'volume', 'open_interest', 'iv', 'underlying_price'],
  longRows: (table) =>
    `select underlying, date as session, expiration as expiry, strike, cp as "right", bid, ask, last_price as last, volume, open_interest, iv as implied_volatility, underlying_price, timezone('America/New_York', cast(snapshot_et as timestamp)) as quoted_at from ${table} where cast(after_close as boolean)`,
  leftOut: [{ describe: 'rows left out that were taken before the close', count: (table) => `select count(*) as n from ${table} where not coalesce(cast(after_close as boolean), false)` }],
};
