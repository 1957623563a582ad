import { z } from 'zod';

/** Numbers may be absent, or null, on plans without quotes and for contracts that never traded. */
const figure = z.number().nullish();
/** Nanoseconds since 1970: beyond what a double counts exactly, which a millisecond does not mind. */
const nanoseconds = z.number().nullish();

/** One contract of an option chain snapshot; what we do not use is not looked at. */
export const snapshotContract = z.object({
  details: z.object({
    ticker: z.string(),
    contract_type: z.string(),
    expiration_date: z.iso.date(),
    strike_price: z.number().positive(),
    shares_per_contract: figure,
  }),
  day: z.object({ close: figure, volume: figure, last_updated: nanoseconds }).nullish(),
  open_interest: figure,
  implied_volatility: figure,
  last_quote: z.object({ bid: figure, ask: figure, last_updated: nanoseconds }).nullish(),
  last_trade: z.object({ price: figure }).nullish(),
  underlying_asset: z.object({ price: figure, value: figure, last_updated: nanoseconds }).nullish(),
});

export type SnapshotContract = z.infer<typeof snapshotContract>;

/** A page of `GET /v3/snapshot/options/{underlying}`; `results` is absent when there are none. */
export const snapshotPage = z.object({
  status: z.string().optional(),
  results: z.array(snapshotContract).nullish(),
  next_url: z.string().nullish(),
});

export type SnapshotPage = z.infer<typeof snapshotPage>;

/** What an answer says when it is none: the explanation stands in either. */
export const refusal = z.object({ status: z.string().optional(), error: z.string().optional(), message: z.string().optional() });
