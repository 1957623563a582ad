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
    fields: { session, cash_cents: number('whole cents'), equity: number('quote currency at the last closes'), positions: number('count'), orders: number('count'), document_hash: text('sha256 of the document of that evening') },
  },
  paper_positions: {
    describe: 'Positions of the paper book.',
    key: ['session', 'symbol'],
    partitionBy: 'session',
    fields: { session, symbol, shares: number('whole shares'), entry_session: { type: 'date', describe: 'session of the first fill' }, entry_price: number('price paid'), cost_cents: number('everything paid'), stop: number('quote currency'), target: number('quote currency'), horizon: number('sessions') },
  },
  paper_orders: {
    describe: 'Orders that wait for the next open.',
    key: ['session', 'symbol', 'side'],
    partitionBy: 'session',
    fields: { session, symbol, side: text('buy | sell'), shares: number('whole shares'), stop: missing(number('plan of a buy')), target: missing(number('plan of a buy')), horizon: missing(number('plan of a buy')) },
  },
  paper_fills: {
    describe: 'Fills since the evening before.',
    key: ['session', 'symbol', 'side'],
    partitionBy: 'session',
    fields: { session, filled_on: { type: 'date', describe: 'session of the open' }, symbol, side: text('buy | sell'), shares: number('whole shares'), price: number('paid or received a share'), costs: number('commission and price concession, quote currency') },
  },
} as const satisfies Record<string, DatasetSchema>;

export type RecordName = keyof typeof RECORDS;
export const RECORD_NAMES = Object.keys(RECORDS) as readonly RecordName[];
