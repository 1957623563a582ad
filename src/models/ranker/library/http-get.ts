import { Agent as HttpAgent, get as httpGet, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, get as httpsGet } from 'node:https';

import { redact } from './redact.js';

export interface HttpOptions {
  /** `name:password` for the address's own host; never sent to another one. */
  readonly login?: string | null;
  readonly accept?: string;
  /** Certificates of authorities to trust, all of them. */
  readonly authorities: readonly string[];
  /** Variables that name proxies. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  /** After redirections. */
  readonly url: URL;
  readonly contentType: string;
  readonly body: Buffer;
}

const MAX_REDIRECTIONS = 5;
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * The body of an address, over HTTP or HTTPS. The certificates to trust are for this request only, which is why it is not
 * `fetch`: there, they could only be set for the whole process.
 * @throws Error in words without secrets
 */
export async function httpGetBody(url: URL, options: HttpOptions): Promise<HttpAnswer> {
  let at = url;
  for (let left = MAX_REDIRECTIONS; left >= 0; left--) {
    const answer = await answerOf(at, { ...options, login: at.origin === url.origin ? (options.login ?? null) : null });
    const { statusCode = 0, headers } = answer;
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      answer.destroy();
      at = new URL(headers.location, at);
      continue;
    }
    if (statusCode !== 200) {
      answer.destroy();
      throw new Error(`status ${statusCode} from ${at.host}`);
    }
    return { url: at, contentType: headers['content-type'] ?? '', body: await bodyOf(answer, at) };
  }
  throw new Error(`more than ${MAX_REDIRECTIONS} redirections from ${redact(url.host)}`);
}

function answerOf(url: URL, { login, accept = '*/*', authorities, environment, signal }: HttpOptions): Promise<IncomingMessage> {
  const headers = { accept, 'user-agent': 'swinglab', ...(login === null || login === undefined ? {} : { authorization: `Basic ${Buffer.from(login).toString('base64')}` }) };
  // `proxyEnv` is newer than the types and than some versions of Node, which pass it over.
  const proxies = { proxyEnv: environment, keepAlive: false };
  return new Promise((resolve, reject) => {
    const request =
      url.protocol === 'https:'
        ? httpsGet(url, { headers, signal, agent: new HttpsAgent({ ...proxies, ca: [...authorities] }) }, resolve)
        : httpGet(url, { headers, signal, agent: new HttpAgent(proxies) }, resolve);
    request.on('error', reject);
  });
}

async function bodyOf(answer: IncomingMessage, url: URL): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes from ${url.host}`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}
