import { readFile } from 'node:fs/promises';
import { getCACertificates } from 'node:tls';

import { httpGetBody, type HttpAnswer, type HttpOptions } from './http-get.js';
import type { PinnedFile, PinnedWheel } from './pinned-files.js';
import { pipSettings } from './pip-settings.js';
import { redact } from './redact.js';
import type { Road, RoadOptions, Taken } from './road.js';

const TIMEOUT_MS = 60_000;
const ACCEPT = 'application/vnd.pypi.simple.v1+json, text/html;q=0.5';

/** The wheel from the package indexes that pip is configured with, without Python: their simple API (PEP 503, PEP 691). */
export const indexDownload: Road = {
  name: 'package index',
  async take({ wheel }: PinnedFile, options: RoadOptions) {
    const { indexes, certificates } = await pipSettings(options.environment);
    if (indexes.length === 0) return { kind: 'failed', reason: 'none is configured (PIP_INDEX_URL, pip.conf)' };
    const authorities = await trusted(certificates);
    const reasons: string[] = [];
    for (const index of indexes) {
      const taken = await fromIndex(wheel, index, { authorities, ...options });
      if (taken.kind !== 'failed') return taken;
      reasons.push(`${redact(index)}: ${taken.reason}`);
    }
    return { kind: 'failed', reason: reasons.join(', ') };
  },
};

async function fromIndex(wheel: PinnedWheel, index: string, options: RoadOptions & { readonly authorities: readonly string[] }): Promise<Taken> {
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  const signal = options.signal === undefined ? timeout : AbortSignal.any([options.signal, timeout]);
  const http: HttpOptions = { authorities: options.authorities, environment: options.environment, signal };
  try {
    const { url, login } = withoutLogin(new URL(`${wheel.project}/`, index.replace(/\/?$/, '/')));
    const page = await httpGetBody(url, { ...http, login, accept: ACCEPT });
    const address = addressOf(wheel, page);
    if (address === null) return { kind: 'failed', reason: `does not list ${wheel.file}` };
    const file = withoutLogin(address);
    const answer = await httpGetBody(file.url, { ...http, login: file.url.origin === url.origin ? login : file.login });
    return { kind: 'wheel', bytes: answer.body };
  } catch (error) {
    options.signal?.throwIfAborted();
    return { kind: 'failed', reason: timeout.aborted ? `no answer within ${TIMEOUT_MS / 1000} s` : redact(error instanceof Error ? error.message : String(error)) };
  }
}

function withoutLogin(address: URL): { readonly url: URL; readonly login: string | null } {
  const login = address.username === '' ? null : `${decodeURIComponent(address.username)}:${decodeURIComponent(address.password)}`;
  const url = new URL(address);
  [url.username, url.password] = ['', ''];
  return { url, login };
}

/** Where a page of the simple API, JSON or HTML, says that the file is. */
function addressOf({ file }: PinnedWheel, { url, contentType, body }: HttpAnswer): URL | null {
  const found = contentType.includes('json') ? inJson(body.toString('utf8'), file) : inHtml(body.toString('utf8'), file);
  return found === null ? null : new URL(found, url);
}

function inJson(text: string, file: string): string | null {
  const page = JSON.parse(text) as { readonly files?: readonly { readonly filename?: unknown; readonly url?: unknown }[] };
  const found = page.files?.find(({ filename }) => filename === file)?.url;
  return typeof found === 'string' ? found : null;
}

function inHtml(text: string, file: string): string | null {
  const addresses = Array.from(text.matchAll(/href\s*=\s*["']([^"']+)["']/gi), ([, address]) => address.replaceAll('&amp;', '&'));
  return addresses.find((address) => decodeURIComponent(address.split(/[?#]/)[0]).endsWith(`/${file}`) || decodeURIComponent(address.split(/[?#]/)[0]) === file) ?? null;
}

/** Node's authorities, those of the system, and those that pip is told of. */
async function trusted(certificates: readonly string[]): Promise<string[]> {
  const named = await Promise.all(certificates.map((path) => readFile(path, 'utf8').catch(() => null)));
  return [...getCACertificates('default'), ...getCACertificates('system'), ...named.flatMap((text) => text ?? [])];
}
