import type { z } from 'zod';

import { retry, type RetryPolicy } from '../../../core/async.js';
import { ProviderError, type AppError } from '../../../core/errors.js';
import { refusal, snapshotPage, type SnapshotPage } from './schema.js';

export interface MassiveClientOptions {
  /** Sent as a header, so that no address and no log carries it. */
  readonly apiKey: string;
  readonly baseUrl?: string;
  readonly retries?: RetryPolicy;
  /** Longest wait for an answer. */
  readonly timeoutMs?: number;
  readonly fetch?: typeof fetch;
}

/** The name since October 2025; api.polygon.io answers as well. */
const BASE_URL = 'https://api.massive.com';
/** In all longer than the minute by which requests are counted. */
const RETRIES: RetryPolicy = { attempts: 5, baseDelayMs: 1000, maxDelayMs: 60_000, factor: 4 };
const TIMEOUT_MS = 30_000;
/** A server may ask for a longer pause; it is then asked again, and if need be given up. */
const LONGEST_PAUSE_MS = 90_000;
/** The most the vendor gives at a time. */
const PAGE_SIZE = 250;
/** More pages than any chain has: a server that never ends is not followed. */
const MOST_PAGES = 500;
const MAY_PASS: ReadonlySet<number> = new Set([408, 413, 425, 429, 499, 500, 502, 503, 504]);

/** Speaks the REST API of Massive (formerly Polygon.io): pages, pauses, refusals. The key stays inside. */
export class MassiveClient {
  readonly #key: string;
  readonly #base: URL;
  readonly #retries: RetryPolicy;
  readonly #timeoutMs: number;
  readonly #fetch: typeof fetch | undefined;

  constructor({ apiKey, baseUrl = BASE_URL, retries = RETRIES, timeoutMs = TIMEOUT_MS, fetch: send }: MassiveClientOptions) {
    this.#key = apiKey;
    this.#base = new URL(baseUrl);
    this.#retries = retries;
    this.#timeoutMs = timeoutMs;
    this.#fetch = send;
  }

  /**
   * The pages of the present option chain of an underlying (symbol of the vendor).
   * Errors that would meet every underlying say so in their field `everywhere`, one that means that there is none in `absent`.
   * @throws ProviderError `MASSIVE_AWAY`, `MASSIVE_LOGIN`, `MASSIVE_PLAN`, `MASSIVE_UNKNOWN`, `MASSIVE_REFUSED`, `MASSIVE_BAD_ANSWER`
   */
  async *optionChain(ticker: string, signal?: AbortSignal): AsyncGenerator<SnapshotPage, void, void> {
    let path: string | null = `/v3/snapshot/options/${encodeURIComponent(ticker)}?limit=${PAGE_SIZE}`;
    const what = `the option chain of "${ticker}"`;
    const seen = new Set<string>();
    while (path !== null) {
      if (seen.has(path) || seen.size >= MOST_PAGES) throw this.#failure('MASSIVE_BAD_ANSWER', `the last page of ${what}`, `page ${seen.size} that leads to an earlier one or never ends`);
      seen.add(path);
      const page: SnapshotPage = await this.#get(path, what, snapshotPage, signal);
      yield page;
      path = page.next_url ? pathOf(page.next_url) : null;
    }
  }

  #get<Answer>(path: string, what: string, schema: z.ZodType<Answer>, signal: AbortSignal | undefined): Promise<Answer> {
    const leastDelayMs = (error: AppError): number => Number(error.fields['pauseMs'] ?? 0);
    return retry(() => this.#once(path, what, schema, signal), this.#retries, { signal, leastDelayMs });
  }

  async #once<Answer>(path: string, what: string, schema: z.ZodType<Answer>, signal: AbortSignal | undefined): Promise<Answer> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const send = this.#fetch ?? fetch;
    let response: Response;
    let text: string;
    try {
      response = await send(new URL(path, this.#base), { headers: { authorization: `Bearer ${this.#key}`, accept: 'application/json' }, redirect: 'error', signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) });
      text = await response.text();
    } catch (cause) {
      signal?.throwIfAborted();
      // the cause may quote the request, so that only its kind is told
      throw this.#failure('MASSIVE_AWAY', `an answer for ${what}`, timeout.aborted ? `none within ${this.#timeoutMs / 1000} seconds` : `no connection (${reasonOf(cause)})`, { retryable: true });
    }
    if (!response.ok) throw this.#refused(what, response, text);
    return this.#parsed(text, what, schema);
  }

  #parsed<Answer>(text: string, what: string, schema: z.ZodType<Answer>): Answer {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      throw this.#failure('MASSIVE_BAD_ANSWER', `JSON for ${what}`, `${text.length} characters that are none, beginning "${text.slice(0, 60)}"`, { retryable: true }); // cut off on its way
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw this.#failure('MASSIVE_BAD_ANSWER', `${what} in the documented form`, `${issue.message} at ${issue.path.join('.')}`);
  }

  #refused(what: string, response: Response, text: string): ProviderError {
    const { status } = response;
    const said = `status ${status}: ${wordsOf(text)}`;
    if (MAY_PASS.has(status)) return this.#failure('MASSIVE_AWAY', `an answer for ${what}`, said, { retryable: true, status, pauseMs: pauseOf(response.headers) });
    if (status === 401) return this.#failure('MASSIVE_LOGIN', `to be let in for ${what}`, said, { status, everywhere: true, hint: 'set POLYGON_API_KEY to a valid key' });
    if (status === 403) return this.#failure('MASSIVE_PLAN', `a plan that includes ${what}`, said, { status, everywhere: true });
    if (status === 404) return this.#failure('MASSIVE_UNKNOWN', what, said, { status, absent: true });
    return this.#failure('MASSIVE_REFUSED', what, said, { status });
  }

  #failure(code: string, expected: string, found: string, { retryable = false, ...fields }: { readonly retryable?: boolean; readonly status?: number; readonly pauseMs?: number; readonly hint?: string; readonly everywhere?: boolean; readonly absent?: boolean } = {}): ProviderError {
    const message = `expected ${expected} from ${this.#base.host}, found ${found}`;
    return new ProviderError(this.#key === '' ? message : message.replaceAll(this.#key, '***'), { code, fields, retryable });
  }
}

/** Path and query of the next page, without a key: a page never sends the key to another host. */
function pathOf(url: string): string {
  const { pathname, searchParams } = new URL(url, 'https://next.invalid');
  searchParams.delete('apiKey');
  const query = searchParams.toString();
  return query === '' ? pathname : `${pathname}?${query}`;
}

/** Milliseconds that a `Retry-After` asks for, as seconds or as a date of the server's clock; 0 where it says nothing. */
function pauseOf(headers: Headers): number {
  const asked = headers.get('retry-after')?.trim() ?? '';
  const pause = /^\d+$/.test(asked) ? Number(asked) * 1000 : Date.parse(asked) - Date.parse(headers.get('date') ?? '');
  return Number.isFinite(pause) ? Math.min(LONGEST_PAUSE_MS, Math.max(0, pause)) : 0;
}

const LONGEST_WORDS = 200;

/** The vendor's explanation, or the beginning of a gateway's page, on one line. */
function wordsOf(text: string): string {
  let said = text.replace(/<[^>]*>/g, ' ');
  try {
    const { error, message } = refusal.parse(JSON.parse(text));
    said = error ?? message ?? '';
  } catch {
    // no JSON of the vendor's
  }
  const line = said.replace(/\s+/g, ' ').trim();
  return line === '' ? 'nothing' : line.length <= LONGEST_WORDS ? line : `${line.slice(0, LONGEST_WORDS)}…`;
}

function reasonOf(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
  const code = (inner as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : inner instanceof Error ? inner.name : 'unknown';
}
