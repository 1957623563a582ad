import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

/** What a server does with its next request: a body, or trouble. */
export type Reply = (response: ServerResponse, request: IncomingMessage) => void;

export interface FakeMassive {
  readonly url: string;
  /** Path and query of each request, in order. */
  readonly asked: string[];
  readonly headers: IncomingMessage['headers'][];
}

export const json = (value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply => (response) => void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(value));
export const text = (body: string, status = 200): Reply => (response) => void response.writeHead(status, { 'content-type': 'text/html' }).end(body);
/** Promises more than it sends, and hangs up. */
export const cutOff = (body: string): Reply => (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': String(body.length + 100) });
  response.write(body, () => response.destroy());
};

/** A server on this machine that answers with one reply after the other, the last one for ever; by path where replies are named by underlying. */
export async function fakeMassive(replies: readonly Reply[] | Readonly<Record<string, readonly Reply[]>>): Promise<FakeMassive> {
  const asked: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const queues = new Map(Array.isArray(replies) ? [['', [...(replies as readonly Reply[])]]] : Object.entries(replies as Readonly<Record<string, readonly Reply[]>>).map(([name, list]) => [name, [...list]]));
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    headers.push(request.headers);
    const name = /options\/([^?]+)/.exec(request.url ?? '')?.[1] ?? '';
    const queue = queues.get('') ?? queues.get(name) ?? [json({ status: 'NOT_FOUND', message: 'Ticker not found.' }, 404)];
    (queue.length > 1 ? queue.shift()! : queue[0])(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => (server.closeAllConnections(), server.close(() => resolve()))));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, headers };
}

const ns = (iso: string): number => Date.parse(iso) * 1e6;

interface ContractWords {
  readonly strike?: number;
  readonly type?: string;
  readonly expiry?: string;
  readonly ticker?: string;
  readonly shares?: number;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** A contract of the chain of X on 2026-07-30 in the documented form. */
export function contractBody({ strike = 150, type = 'call', expiry = '2026-08-21', ticker, shares = 100, more = {} }: ContractWords = {}): Record<string, unknown> {
  const code = `${expiry.slice(2).replaceAll('-', '')}${type === 'put' ? 'P' : 'C'}${String(strike * 1000).padStart(8, '0')}`;
  return {
    break_even_price: strike + 29,
    day: { change: -2.4, close: 29, high: 32.25, last_updated: ns('2026-07-30T04:00:00Z'), low: 29, open: 29.99, previous_close: 31.4, volume: 8, vwap: 30.7738 },
    details: { contract_type: type, exercise_style: 'american', expiration_date: expiry, shares_per_contract: shares, strike_price: strike, ticker: ticker ?? `O:X${code}` },
    greeks: { delta: 0.64, gamma: 0.006, theta: -0.028, vega: 0.638 },
    implied_volatility: 0.357,
    last_quote: { ask: 29.25, ask_size: 209, bid: 28.9, bid_size: 294, last_updated: ns('2026-07-30T19:59:59Z'), midpoint: 29.075, timeframe: 'REAL-TIME' },
    open_interest: 8133,
    underlying_asset: { change_to_break_even: 19.1, last_updated: ns('2026-07-30T20:00:00Z'), price: 159.96, ticker: 'X', timeframe: 'REAL-TIME' },
    ...more,
  };
}

/** A page of contracts; where a next one is named, the address of the vendor's other name, as it sends it. */
export const page = (contracts: readonly unknown[], cursor?: string, host = 'https://api.polygon.io'): Reply => json({ request_id: 'r', status: 'OK', results: contracts, ...(cursor === undefined ? {} : { next_url: `${host}/v3/snapshot/options/X?cursor=${cursor}` }) });
