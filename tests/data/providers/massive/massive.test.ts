import { describe, expect, it, vi } from 'vitest';

import { fixedClock } from '../../../../src/core/clock.js';
import { fromEpochDay, isoDate } from '../../../../src/core/dates.js';
import { ProviderError } from '../../../../src/core/errors.js';
import { massiveProvider, type MassiveOptions } from '../../../../src/data/providers/massive/provider.js';
import type { Batch, DataRequest } from '../../../../src/data/provider.js';
import { testProviderContract } from '../../../contracts/provider.js';
import { contractBody, cutOff, fakeMassive, json, page, text, type Reply } from './fake-massive.js';

const KEY = 'a-very-secret-key';
/** The evening of 2026-07-30 in New York. */
const EVENING = fixedClock(Date.parse('2026-07-30T22:30:00Z'));
const FAST = { attempts: 3, baseDelayMs: 1, maxDelayMs: 2, factor: 1 };

async function fetched(provider: ReturnType<typeof massiveProvider>, request: DataRequest = { symbols: ['X'] }): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of provider.fetch('option_chains', request)) batches.push(batch);
  return batches;
}

async function opened(replies: readonly Reply[] | Readonly<Record<string, readonly Reply[]>>, more: Partial<MassiveOptions> = {}) {
  const server = await fakeMassive(replies);
  return { server, provider: massiveProvider({ apiKey: KEY, baseUrl: server.url, clock: EVENING, retries: FAST, timeoutMs: 2000, ...more }) };
}

async function failureOf(replies: readonly Reply[], more: Partial<MassiveOptions> = {}): Promise<{ error: ProviderError; asked: readonly string[] }> {
  const { server, provider } = await opened(replies, more);
  const error = await fetched(provider).then(() => expect.unreachable('a failure was expected'), (reason: unknown) => reason);
  expect(error).toBeInstanceOf(ProviderError);
  expect(JSON.stringify([error, (error as Error).message, (error as ProviderError).fields, String((error as Error).stack)])).not.toContain(KEY);
  return { error: error as ProviderError, asked: server.asked };
}

describe('a chain from Massive', () => {
  it('is every contract of every page, in the form of the dataset', async () => {
    const { server, provider } = await opened([page([contractBody(), contractBody({ type: 'put' })], 'two'), page([contractBody({ strike: 152.5 })])]);
    const [{ rowCount, columns }] = await fetched(provider);
    expect(rowCount).toBe(3);
    expect(columns).toMatchObject({ underlying: ['X', 'X', 'X'], right: ['call', 'put', 'call'] });
    expect([...(columns['strike'] as Float64Array)]).toEqual([150, 150, 152.5]);
    const first = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[0]]));
    expect(first).toMatchObject({ bid: 28.9, ask: 29.25, last: 29, volume: 8, open_interest: 8133, implied_volatility: 0.357, underlying_price: 159.96, quoted_at: Date.parse('2026-07-30T19:59:59Z') });
    expect(fromEpochDay((columns['session'] as Int32Array)[0])).toBe('2026-07-30');
    expect(fromEpochDay((columns['expiry'] as Int32Array)[0])).toBe('2026-08-21');
    expect(server.asked).toEqual(['/v3/snapshot/options/X?limit=250', '/v3/snapshot/options/X?cursor=two']);
  });

  it('is asked for with the key in a header, never in an address, and never from another host', async () => {
    const { server, provider } = await opened([page([contractBody()], `two&apiKey=${KEY}`, 'https://elsewhere.example'), page([contractBody({ strike: 151 })])]);
    await fetched(provider);
    expect(server.asked.join(' ')).not.toContain(KEY);
    expect(server.headers.map(({ authorization }) => authorization)).toEqual([`Bearer ${KEY}`, `Bearer ${KEY}`]);
  });

  it('may lack quotes, trades and volatilities; has no volume where the last trade was on an earlier day', async () => {
    const bare = { implied_volatility: undefined, last_quote: undefined, greeks: {}, underlying_asset: { ticker: 'X', value: 5001.5 } };
    const { provider } = await opened([page([contractBody({ more: { ...bare, day: {} } }), contractBody({ strike: 151, more: { day: { close: 3, volume: 44, last_updated: Date.parse('2026-07-29T04:00:00Z') * 1e6 } } }), contractBody({ strike: 152, more: { day: undefined, open_interest: null } })])]);
    const [{ columns }] = await fetched(provider);
    const of = (name: string): number[] => [...(columns[name] as Float64Array)];
    expect(of('bid')).toEqual([Number.NaN, 28.9, 28.9]);
    expect(of('last')).toEqual([Number.NaN, 3, Number.NaN]);
    expect(of('volume')).toEqual([0, 0, Number.NaN]);
    expect(of('implied_volatility')).toEqual([Number.NaN, 0.357, 0.357]);
    expect(of('open_interest')).toEqual([8133, 8133, Number.NaN]);
    expect(of('underlying_price')[0]).toBe(5001.5);
  });

  it('leaves out adjusted contracts and what is neither call nor put, and has a contract of two pages once: as it came last', async () => {
    const contracts = [contractBody(), contractBody({ strike: 151, shares: 110 }), contractBody({ strike: 152, ticker: 'O:X1260821C00152000' }), contractBody({ strike: 153, type: 'other' })];
    const { provider } = await opened([page(contracts, 'two'), page([contractBody({ more: { open_interest: 9000 } }), contractBody({ strike: 154 })])]);
    const [{ columns }] = await fetched(provider);
    expect([...(columns['strike'] as Float64Array)]).toEqual([150, 154]);
    expect((columns['open_interest'] as Float64Array)[0]).toBe(9000);
  });

  it('is none where the vendor has none; share classes are asked for as the vendor writes them', async () => {
    const { server, provider } = await opened([json({ status: 'OK', request_id: 'r' })]);
    expect(await fetched(provider, { symbols: ['BRK-B'] })).toEqual([]);
    expect(server.asked[0]).toContain('/v3/snapshot/options/BRK.B?');
  });
});

describe('trouble with Massive', () => {
  const chain = page([contractBody()]);

  it.each([
    ['too many requests', json({ status: 'ERROR', error: "You've exceeded the maximum requests per minute" }, 429)],
    ['a page of the gateway', text('<html><body>Bad gateway</body></html>', 502)],
    ['a failure inside', json({}, 500)],
    ['malformed JSON', text('{"results": [', 200)],
    ['an answer that is cut off', cutOff('{"results": [')],
    ['a connection that is dropped', ((response) => void response.destroy())],
  ])('that may pass is tried again: %s', async (_, trouble) => {
    const { server, provider } = await opened([trouble, trouble, chain]);
    expect((await fetched(provider))[0].rowCount).toBe(1);
    expect(server.asked).toHaveLength(3);
    const { error, asked } = await failureOf([trouble]);
    expect(asked).toHaveLength(FAST.attempts);
    expect(error.retryable).toBe(true);
  });

  it('in the middle of a chain is tried again at that page', async () => {
    const { server, provider } = await opened([page([contractBody()], 'two'), json({}, 503), page([contractBody({ strike: 151 })])]);
    expect((await fetched(provider))[0].rowCount).toBe(2);
    expect(server.asked.map((path) => path.split('?')[1])).toEqual(['limit=250', 'cursor=two', 'cursor=two']);
  });

  it('waits as long as it is told to, in seconds or until a date', async () => {
    for (const after of ['1', new Date(Date.UTC(2026, 0, 1, 0, 0, 1)).toUTCString()]) {
      const busy = json({}, 429, { 'retry-after': after, date: new Date(Date.UTC(2026, 0, 1)).toUTCString() });
      const { provider } = await opened([busy, chain]);
      const start = performance.now();
      await fetched(provider);
      expect(performance.now() - start).toBeGreaterThan(950);
    }
  });

  it.each([
    [401, { status: 'ERROR', error: `Unknown API Key ${KEY}` }, 'MASSIVE_LOGIN', /Unknown API Key \*\*\*/],
    [403, { status: 'NOT_AUTHORIZED', message: 'You are not entitled to this data.' }, 'MASSIVE_PLAN', /a plan that includes the option chain of "X".*not entitled/],
    [404, { status: 'NOT_FOUND', message: 'Ticker not found.' }, 'MASSIVE_UNKNOWN', /Ticker not found/],
    [400, { status: 'ERROR', error: 'bad limit' }, 'MASSIVE_REFUSED', /status 400: bad limit/],
  ])('that stays is told at once: status %i', async (status, body, code, message) => {
    const { error, asked } = await failureOf([json(body, status)]);
    expect(error).toMatchObject({ code, retryable: false, message: expect.stringMatching(message) as string });
    expect(asked).toHaveLength(1);
  });

  it('is an answer in another form than documented, pages without an end, and a server that never answers', async () => {
    expect((await failureOf([page([{ details: { ticker: 'O:X', contract_type: 'call', expiration_date: 'soon', strike_price: 1 } }])])).error).toMatchObject({ code: 'MASSIVE_BAD_ANSWER', message: expect.stringContaining('results.0.details.expiration_date') as string });
    expect((await failureOf([page([contractBody()], 'two'), page([contractBody()], 'three'), page([contractBody()], 'two')])).error).toMatchObject({ code: 'MASSIVE_BAD_ANSWER', message: expect.stringContaining('leads to an earlier one') as string });
    expect((await failureOf([() => undefined], { timeoutMs: 50 })).error).toMatchObject({ code: 'MASSIVE_AWAY', message: expect.stringContaining('none within 0.05 seconds') as string });
  });

  it('ends when the signal says so', async () => {
    const { provider } = await opened([() => undefined]);
    const controller = new AbortController();
    const chains = provider.fetch('option_chains', { symbols: ['X'] }, { signal: controller.signal })[Symbol.asyncIterator]().next();
    setTimeout(() => controller.abort(new Error('enough')), 20);
    await expect(chains).rejects.toThrow('enough');
  });
});

describe('the session of a snapshot', () => {
  const at = (iso: string): Partial<MassiveOptions> => ({ clock: fixedClock(Date.parse(iso)) });
  const chain = page([contractBody()]);

  it('is the one that has closed, until the small hours after it', async () => {
    for (const iso of ['2026-07-30T20:20:00Z', '2026-07-31T03:30:00Z', '2026-07-31T06:59:00Z']) {
      const { provider } = await opened([chain], at(iso));
      expect(fromEpochDay(((await fetched(provider))[0].columns['session'] as Int32Array)[0])).toBe('2026-07-30');
    }
  });

  it.each(['2026-07-31T07:30:00Z', '2026-07-31T15:00:00Z', '2026-08-01T15:00:00Z'])('is none while open interest may be that of the next: %s', async (iso) => {
    const { error, asked } = await failureOf([chain], at(iso));
    expect(error.code).toBe('TOO_LATE');
    expect(asked).toEqual([]);
  });

  it('is not another that a request asks for', async () => {
    const { server, provider } = await opened([chain]);
    expect(await fetched(provider, { symbols: ['X'], start: isoDate('2026-07-31') })).toEqual([]);
    expect(await fetched(provider, { symbols: ['X'], end: isoDate('2026-07-29') })).toEqual([]);
    expect(server.asked).toEqual([]);
  });

  it('is not an earlier one that a plan with late data still shows', async () => {
    const { error } = await failureOf([page([contractBody({ more: { underlying_asset: { price: 1, last_updated: Date.parse('2026-07-29T20:00:00Z') * 1e6 } } })])]);
    expect(error).toMatchObject({ code: 'NOT_OF_SESSION', message: 'expected the chain of "X" at the close of 2026-07-30, found one of 2026-07-29' });
  });
});

/** Two chains, answered without a network. */
const recorded = vi.fn((input: Parameters<typeof fetch>[0]) => {
  const ticker = /options\/([^?]+)/.exec(String(input))![1];
  return Promise.resolve(Response.json({ status: 'OK', results: [contractBody(), contractBody({ strike: ticker === 'X' ? 155 : 160, type: 'put' })] }));
});

testProviderContract('massive', () => Promise.resolve(massiveProvider({ apiKey: KEY, clock: EVENING, underlyings: ['X', 'YY'], fetch: recorded })), ['option_chains']);
