import { Agent as HttpAgent, request as httpRequest, type ClientRequest, type RequestOptions } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT';
  /** Sent as it is: nothing is decoded, joined or shortened on the way. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Longest silence of the server. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

const AGENTS = { 'http:': new HttpAgent({ keepAlive: true, maxSockets: 4 }), 'https:': new HttpsAgent({ keepAlive: true, maxSockets: 4 }) };

/**
 * One request over HTTP. Its connection does not keep the process alive: what is copied to a server in the background must
 * not hold up a command that has ended. Redirects are answers like others.
 *
 * Node's own client instead of `fetch`, which keeps the process alive, refuses some ports and resolves `..` in paths.
 */
export function sendRequest({ method, url, headers, body, timeoutMs, signal }: HttpRequest): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const { protocol, hostname, port, origin } = new URL(url);
    const secure = protocol === 'https:';
    const options: RequestOptions = {
      method,
      hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
      port,
      path: url.slice(origin.length) || '/',
      headers: { ...headers, ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }) },
      agent: secure ? AGENTS['https:'] : AGENTS['http:'],
      ...(signal === undefined ? {} : { signal }),
    };
    const request: ClientRequest = (secure ? httpsRequest : httpRequest)(options, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(pieces).toString('utf8') }));
      response.on('aborted', () => reject(new Error('the connection was cut in the middle of the answer')));
      response.on('error', reject);
    });
    request.on('socket', (socket) => socket.unref());
    request.setTimeout(timeoutMs, () => request.destroy(new Error(`no answer for ${timeoutMs / 1000} s`)));
    request.on('error', reject);
    request.end(body);
  });
}
