import type { DatasetSchema, Field } from './datasets.js';

const text = (describe: string): Field => ({ type: 'text', describe });
const number = (describe: string): Field => ({ type: 'number', describe });
const missing = (field: Field): Field => ({ ...field, optional: true });
const session: Field = { type: 'date', describe: 'session whose evening wrote the row' };
const symbol = text('instrument');

/** What the daily run keeps in the store; rows of a session are replaced together. */
export const RECORDS = {
  recommendations: {
    describe: 'What was recommended in the evening of a session.',
    key: ['session', 'rank'],
    partitionBy: 'session',
    fields: {
      session,
      rank: number('position in the document, from 1'),
      symbol,
      listed_symbol: text('symbol of the day'),
      action: text('enter | hold | exit'),
      side: text('long'),
      entry: number('quote currency'),
      stop: number('quote currency'),
      target: number('quote currency'),
      weight: number('fraction of equity'),
      shares: number('whole shares'),
      horizon: number('sessions'),
      expected_return: missing(number('simple return over the horizon')),
      forecast_horizon: missing(number('sessions that the expected return is over; absent: the horizon')),
      coverage: missing(number('share of outcomes that the interval is meant to hold')),
      interval_low: missing(number('lower end of the interval')),
      interval_high: missing(number('upper end of the interval')),
      reasons: text('JSON list of {code, text, values}'),
      document_hash: text('sha256 of the canonical document'),
    },
  },
  paper_account: {
    describe: 'The paper book after the decision of a session.',
    key: ['session'],
    partitionBy: 'session',
    fields: { session, cash_cents: number('whole cents'), equity: number('quote currency at the last closes'), highest_equity: number('highest equity at a close so far, quote currency'), positions: number('count'), orders: number('count'), document_hash: text('sha256 of the document of that evening; import: there was none'), imported: missing(number('1: an account was put in place of the book')) },
  },
  paper_positions: {
    describe: 'Positions of the paper book.',
    key: ['session', 'symbol'],
    partitionBy: 'session',
    fields: { session, symbol, shares: number('whole shares'), entry_session: { type: 'date', describe: 'session of the first fill' }, entry_price: number('price paid'), cost_cents: number('everything paid'), close: missing(number('close of the session as the store had it then, quote currency')), high: number('highest close since the entry, quote currency'), stop: number('quote currency'), target: number('quote currency'), horizon: number('sessions'), trail: missing(number('distance of a stop that follows the highest close, quote currency')) },
  },
  paper_orders: {
    describe: 'Orders that wait for the next open.',
    key: ['session', 'symbol', 'side'],
    partitionBy: 'session',
    fields: { session, symbol, side: text('buy | sell'), shares: number('whole shares'), kind: text('entry | exit | reduce | stop | target | time …'), limit_price: missing(number('a buy pays no more, quote currency')), stop: missing(number('plan of a buy')), target: missing(number('plan of a buy')), horizon: missing(number('plan of a buy')), trail: missing(number('plan of a buy')) },
  },
  paper_fills: {
    describe: 'Fills since the evening before.',
    key: ['session', 'n'],
    partitionBy: 'session',
    fields: { session, n: number('in the order in which they happened, from 1'), filled_on: { type: 'date', describe: 'session of the open' }, symbol, side: text('buy | sell'), shares: number('whole shares'), price: number('paid or received a share'), costs: number('commission and price concession, quote currency'), gross_cents: number('value at the price'), commission_cents: number('whole cents'), basis_cents: number('what the shares of a sale had cost, or what a buy paid'), reason: text('code of what it was made for') },
  },
  paper_events: {
    describe: 'Splits, dividends and delistings of what the paper book holds since the evening before.',
    key: ['session', 'n'],
    partitionBy: 'session',
    fields: { session, n: number('in the order in which they happened, from 1'), symbol, happened_on: { type: 'date', describe: 'session before whose open, or for a delisting after whose close, it took effect' }, ex_date: missing({ type: 'date', describe: 'ex-date of a split or dividend' }), kind: text('split | dividend | delisted'), value: number('new shares per old, quote currency a share, or the last price'), shares: number('held before'), cents: number('cash that it brought, whole cents') },
  },
} as const satisfies Record<string, DatasetSchema>;

export type RecordName = keyof typeof RECORDS;
export const RECORD_NAMES = Object.keys(RECORDS) as readonly RecordName[];
