import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DataError } from '../../../../src/core/errors.js';
import { sha256 } from '../../../../src/core/hash.js';
import { defaultCacheFolder } from '../../../../src/models/ranker/library/cache-folder.js';
import { indexDownload } from '../../../../src/models/ranker/library/index-download.js';
import { installedPackage } from '../../../../src/models/ranker/library/installed-package.js';
import { locateLightGbm } from '../../../../src/models/ranker/library/locate.js';
import { obtain, type Obtained } from '../../../../src/models/ranker/library/obtain.js';
import { pipDownload } from '../../../../src/models/ranker/library/pip-download.js';
import { pipSettings } from '../../../../src/models/ranker/library/pip-settings.js';
import type { PinnedFile } from '../../../../src/models/ranker/library/pinned-files.js';
import { redact } from '../../../../src/models/ranker/library/redact.js';
import type { Road } from '../../../../src/models/ranker/library/road.js';
import { zip } from './archive.js';

const LIBRARY = Buffer.from('not really a library, named libx-1234.so.1\0 inside');
const WHEEL = zip({ 'made/lib/lib_made.so': LIBRARY, 'made/__init__.py': Buffer.from('') });
const FILE: PinnedFile = {
  name: 'lib_made.so',
  sha256: sha256(LIBRARY),
  member: 'made/lib/lib_made.so',
  wheel: { project: 'made', version: '1.0', file: 'made-1.0-py3-none-any.whl', sha256: sha256(WHEEL), pipOptions: [] },
};

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'swinglab-test-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A home without settings, so that the machine's own do not matter but for those of its administrator. */
const environment = (more: Record<string, string> = {}): Record<string, string> => ({ HOME: folder, PATH: join(folder, 'bin'), XDG_CONFIG_DIRS: folder, ...more });
const kept = (): string => join(folder, 'cache', FILE.name);
const get = (roads: readonly Road[], more: Record<string, string> = {}, signal?: AbortSignal, file = FILE): Promise<Obtained> =>
  obtain(file, { cacheFolder: join(folder, 'cache'), roads, environment: environment(more), signal });
const road = (name: string, bytes: Uint8Array): Road => ({ name, take: async () => ({ kind: 'wheel', bytes }) });

describe('a pinned library', () => {
  it('is the copy in the cache folder when its bytes are right', async () => {
    await mkdir(join(folder, 'cache'));
    await writeFile(kept(), LIBRARY);
    expect(await get([])).toEqual({ path: kept(), road: 'local copy' });
  });

  it('is fetched anew when the copy is damaged, and leaves nothing else behind', async () => {
    await mkdir(join(folder, 'cache'));
    await writeFile(kept(), LIBRARY.subarray(3));
    expect(await get([road('a', WHEEL)])).toEqual({ path: kept(), road: 'a' });
    expect(await readFile(kept())).toEqual(LIBRARY);
    expect(await readdir(join(folder, 'cache'))).toEqual([FILE.name]);
  });

  it('comes by the next road when one brings other bytes', async () => {
    const other = zip({ [FILE.member]: Buffer.from('evil') });
    expect(await get([road('a', other), road('b', WHEEL)])).toEqual({ path: kept(), road: 'b' });
    const found = await get([road('a', other)], {}, undefined, { ...FILE, sha256: 'x' });
    expect('tried' in found && found.tried.join()).toContain('a: refused: expected made-1.0-py3-none-any.whl with sha256');
  });

  it('has a name inside shortened in place where that is asked', async () => {
    const renamed = Buffer.from(LIBRARY);
    renamed.write('libx.so\0', renamed.indexOf('libx-1234.so.1'));
    const file = { ...FILE, rename: { from: 'libx-1234.so.1', to: 'libx.so' }, sha256: sha256(renamed) };
    expect(await get([road('a', WHEEL)], {}, undefined, file)).toEqual({ path: kept(), road: 'a' });
  });

  it('says so when it cannot be kept', async () => {
    await writeFile(join(folder, 'cache'), 'a file where the folder is to be');
    const found = await get([road('a', WHEEL)]);
    expect('tried' in found && found.tried[1]).toContain('a: expected to write');
  });
});

describe('a package index', () => {
  let server: Server;
  let address: string;
  let requests: IncomingMessage[];
  let page: () => { type: string; body: string };

  const json = (file = FILE.wheel.file) => ({ type: 'application/vnd.pypi.simple.v1+json', body: JSON.stringify({ files: [{ filename: 'other.whl', url: 'x' }, { filename: file, url: `../../files/${file}` }] }) });
  const html = () => ({ type: 'text/html', body: `<a href="/files/other.whl">o</a> <a href="/files/${FILE.wheel.file}#sha256=1&amp;x">x</a>` });

  beforeEach(async () => {
    requests = [];
    page = json;
    server = createServer((request, response) => {
      requests.push(request);
      if (request.url === '/simple/made/') response.setHeader('content-type', page().type).end(page().body);
      else if (request.url?.startsWith('/moved/')) response.writeHead(302, { location: `/simple/${request.url.slice(7)}` }).end();
      else if (request.url?.startsWith(`/files/${FILE.wheel.file}`)) response.end(WHEEL);
      else if (request.url?.startsWith('/hang')) return;
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  }));

  it.each([['JSON', json], ['HTML', html]])('is read as %s', async (_, form) => {
    page = form;
    expect(await get([indexDownload], { PIP_INDEX_URL: `http://${address}/simple` })).toEqual({ path: kept(), road: 'package index' });
  });

  it('is followed where it has moved', async () => {
    expect(await get([indexDownload], { PIP_INDEX_URL: `http://${address}/moved/` })).toMatchObject({ road: 'package index' });
  });

  it('gets the name and password of its address, which no message has', async () => {
    expect(await get([indexDownload], { PIP_INDEX_URL: `http://me:s%40cret@${address}/simple` })).toMatchObject({ road: 'package index' });
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(requests.map(() => `Basic ${Buffer.from('me:s@cret').toString('base64')}`));
    await rm(kept());
    const found = await get([indexDownload], { PIP_INDEX_URL: `http://me:s%40cret@${address}/none`, PIP_EXTRA_INDEX_URL: `http://you:hidden@${address}/no` });
    const message = JSON.stringify(found);
    expect(message).toContain('status 404');
    expect(message).not.toMatch(/cret|hidden|me:|you:/);
  });

  it('does not hand its password to another host', async () => {
    const other = createServer((request, response) => {
      expect(request.headers.authorization).toBeUndefined();
      response.end(WHEEL);
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    page = () => ({ ...json(), body: JSON.stringify({ files: [{ filename: FILE.wheel.file, url: `http://127.0.0.1:${(other.address() as AddressInfo).port}/x` }] }) });
    expect(await get([indexDownload], { PIP_INDEX_URL: `http://me:secret@${address}/simple` })).toMatchObject({ road: 'package index' });
    other.close();
    other.closeAllConnections();
  });

  it('is the second one where the first does not have the file', async () => {
    expect(await get([indexDownload], { PIP_INDEX_URL: `http://${address}/none`, PIP_EXTRA_INDEX_URL: `http://${address}/simple` })).toMatchObject({ road: 'package index' });
  });

  it('says when it does not list the version, or is no JSON', async () => {
    page = () => json('made-2.0-py3-none-any.whl');
    expect(await get([indexDownload], { PIP_INDEX_URL: `http://${address}/simple` })).toMatchObject({ tried: [expect.anything(), expect.stringContaining(`does not list ${FILE.wheel.file}`)] });
    page = () => ({ type: 'application/json', body: '<html>' });
    expect(await get([indexDownload], { PIP_INDEX_URL: `http://${address}/simple` })).toHaveProperty('tried');
  });

  it('is left at once when the signal says so', async () => {
    const controller = new AbortController();
    const waiting = get([indexDownload], { PIP_INDEX_URL: `http://${address}/hang` }, controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 50);
    await expect(waiting).rejects.toThrow('enough');
  });

  it('is named in the settings of pip, in any of its files', async () => {
    await mkdir(join(folder, '.config', 'pip'), { recursive: true });
    await writeFile(join(folder, '.config', 'pip', 'pip.conf'), '# a comment\n[global]\nindex-url = http://one/simple\nextra-index-url =\n    http://two/simple\n    file:///three\ncert = /certs.pem\n[freeze]\nindex-url = http://never\n');
    await writeFile(join(folder, 'own.conf'), '[install]\nindex_url: http://zero/simple\n');
    const found = await pipSettings(environment({ PIP_CONFIG_FILE: join(folder, 'own.conf'), PIP_INDEX_URL: 'https://first', PIP_CERT: '/mine.pem' }));
    expect(found.indexes.slice(0, 4)).toEqual(['https://first', 'http://zero/simple', 'http://one/simple', 'http://two/simple']);
    expect(found.indexes).not.toContain('http://never');
    expect(found.certificates.slice(0, 2)).toEqual(['/mine.pem', '/certs.pem']);
  });
});

describe.skipIf(process.platform === 'win32')('Python', () => {
  /** A stand-in for Python that does this. */
  async function python(script: string): Promise<void> {
    await mkdir(join(folder, 'bin'), { recursive: true });
    await writeFile(join(folder, 'bin', 'python3'), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, 'bin', 'python3'), 0o755);
  }

  it('brings the wheel by pip', async () => {
    await writeFile(join(folder, FILE.wheel.file), WHEEL);
    await python(`while [ "$1" != "-d" ]; do shift; done; PATH=/bin:/usr/bin cp "${join(folder, FILE.wheel.file)}" "$2"`);
    expect(await get([pipDownload])).toEqual({ path: kept(), road: 'pip download' });
  });

  it('is told with what pip said at last, without secrets', async () => {
    await python('echo "ERROR: Could not reach https://me:secret@index.invalid/simple" >&2; exit 1');
    const found = await get([pipDownload]);
    expect('tried' in found && found.tried[1]).toBe('pip download: ERROR: Could not reach https://***@index.invalid/simple');
  });

  it('has the library in a package that is installed', async () => {
    await mkdir(join(folder, 'site', 'made', 'lib'), { recursive: true });
    await writeFile(join(folder, 'site', FILE.member), LIBRARY);
    await python(`echo "${join(folder, 'site')}"`);
    expect(await get([installedPackage])).toEqual({ path: kept(), road: 'installed Python package' });
    await rm(kept());
    await writeFile(join(folder, 'site', FILE.member), 'of another version');
    const found = await get([installedPackage]);
    expect('tried' in found && found.tried[1]).toContain('refused: expected "lib_made.so" of version 1.0');
  });

  it('need not be there', async () => {
    expect(await get([installedPackage, pipDownload])).toMatchObject({ tried: [expect.stringContaining('local copy: none'), 'installed Python package: no Python is there', 'pip download: no Python is there'] });
  });

  it('is ended when the signal says so', async () => {
    await python('PATH=/bin:/usr/bin exec sleep 60');
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 100);
    await expect(get([pipDownload], {}, controller.signal)).rejects.toThrow('enough');
  });
});

describe('LightGBM', () => {
  it('is what LIGHTGBM_LIB names', async () => {
    const path = join(folder, 'own.so');
    await writeFile(path, 'x');
    expect(await locateLightGbm({ environment: environment({ LIGHTGBM_LIB: path }) })).toMatchObject({ path, road: 'LIGHTGBM_LIB' });
  });

  it('is not another one when LIGHTGBM_LIB names what is not there', async () => {
    const path = join(folder, 'none.so');
    const failure = locateLightGbm({ environment: environment({ LIGHTGBM_LIB: path }) });
    await expect(failure).rejects.toThrow(`LIGHTGBM_LIB names "${path}", which is not there`);
    await expect(failure).rejects.toMatchObject({ code: 'NO_LIGHTGBM' });
  });

  it('is only looked for when nothing may be fetched', async () => {
    const failure = locateLightGbm({ environment: environment(), download: false, platform: 'linux-x64' });
    await expect(failure).rejects.toThrow(DataError);
    await expect(failure).rejects.toThrow(`found none (local copy: none at "${join(folder, '.cache', 'swinglab', 'lightgbm-4.7.0', 'lib_lightgbm.so')}"). Set LIGHTGBM_LIB to the file of the library, or run: pip install lightgbm==4.7.0`);
  });

  it('is not known on every platform', async () => {
    await expect(locateLightGbm({ environment: environment(), platform: 'aix-ppc64' })).rejects.toThrow('no copy of version 4.7.0 is known for aix-ppc64');
  });

  it('is kept where caches are kept', () => {
    expect(defaultCacheFolder({ HOME: '/home/me' })).toBe(join('/home/me', '.cache', 'swinglab', 'lightgbm-4.7.0'));
    expect(defaultCacheFolder({ HOME: '/home/me', XDG_CACHE_HOME: '/caches' })).toBe(join('/caches', 'swinglab', 'lightgbm-4.7.0'));
    expect(defaultCacheFolder({ HOME: '/home/me', XDG_CACHE_HOME: 'relative' })).toBe(join('/home/me', '.cache', 'swinglab', 'lightgbm-4.7.0'));
  });
});

describe('redact', () => {
  it.each([
    ['https://me:pass@host/simple', 'https://***@host/simple'],
    ['see http://token@host and https://a:b@c.', 'see http://***@host and https://***@c.'],
    ['https://me:p@ss@host/x', 'https://***@host/x'],
    ['https://host/a@b', 'https://host/a@b'],
  ])('makes %j into %j', (text, expected) => expect(redact(text)).toBe(expected));
});
