import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { describe, expect, it, onTestFinished } from 'vitest';

import { startScript } from '../data/store/script.js';
import { MlflowClient } from '../../src/tracking/mlflow/client.js';
import { batches } from '../../src/tracking/mlflow/log-batches.js';
import { artifactRoot } from '../../src/tracking/mlflow/server-artifacts.js';
import { serverAddress, type MlflowEnvironment } from '../../src/tracking/mlflow/server-address.js';
import { FakeMlflow } from './fake-mlflow/server.js';

const RETRIES = { attempts: 3, baseDelayMs: 1, maxDelayMs: 5, factor: 2 };
const clientOf = (url: string, env: MlflowEnvironment = {}, timeoutMs = 2000): MlflowClient => new MlflowClient({ address: serverAddress(url, env), timeoutMs, retries: RETRIES });

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (client: MlflowClient, signal?: AbortSignal): Promise<unknown> => client.get('experiments/get-by-name', { experiment_name: 'x' }, { signal });
const failureOf = (client: MlflowClient): Promise<any> => ask(client).then(() => null, (error: unknown) => error);

describe('the address of a server', () => {
  it('gives its login to the requests and to nobody else', async () => {
    const guarded = await FakeMlflow.start({ login: 'ada:pa ss' });
    const url = guarded.url.replace('//', '//ada:pa%20ss@');
    const client = clientOf(`${url}/`);
    expect(await failureOf(client)).toMatchObject({ code: 'MLFLOW_REFUSED', fields: { errorCode: 'RESOURCE_DOES_NOT_EXIST' } });
    expect(client.server).toBe(guarded.url);
    expect(inspect(client, { depth: 9, showHidden: true })).not.toMatch(/pa ss|YWRhOnBhIHNz/);
  });

  it('prefers the login of the environment to that of the address, and name and password to a token', async () => {
    const seen: (string | undefined)[] = [];
    const url = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end('{}');
    });
    const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    for (const env of [{}, { MLFLOW_TRACKING_TOKEN: 't' }, { MLFLOW_TRACKING_TOKEN: 't', MLFLOW_TRACKING_USERNAME: 'u', MLFLOW_TRACKING_PASSWORD: 'p' }]) await ask(clientOf(url.replace('//', '//in:address@'), env));
    await ask(clientOf(url, { MLFLOW_TRACKING_USERNAME: 'u' }));
    expect(seen).toEqual([basic('in:address'), 'Bearer t', basic('u:p'), undefined]);
  });

  it.each([['sqlite:///mlflow.db', 'sqlite:///mlflow.db'], ['./mlruns', './mlruns'], ['databricks', 'databricks'], ['ftp://me:planted@x', 'ftp://***@x'], ['http//me:planted@x:5000', 'http//***@x'], ['me:planted@host', '***@host'], ['', '']])('is not %j', (uri, shown) => {
    const failure = ((): any => {
      try {
        return serverAddress(uri, {});
      } catch (error) {
        return error;
      }
    })();
    expect(failure).toMatchObject({ code: 'BAD_MLFLOW_ADDRESS' });
    expect(failure.message).not.toContain('planted');
    expect(failure.message).toContain(shown.split('@')[0].slice(0, 6));
  });
});

describe('a request', () => {
  it('is sent again after failures that may pass, and after no others', async () => {
    const answers = [503, 429, 200];
    let count = 0;
    const passing = await serve((_, response) => void response.writeHead(answers[count++]).end('{"ok":true}'));
    expect(await ask(clientOf(passing))).toEqual({ ok: true });
    expect(count).toBe(3);
    for (const [status, code, tries] of [[400, 'MLFLOW_ABSENT', 1], [401, 'MLFLOW_LOGIN', 1], [404, 'MLFLOW_ABSENT', 1], [500, 'MLFLOW_FAILED', 3], [502, 'MLFLOW_AWAY', 3]] as const) {
      let asked = 0;
      const url = await serve((_, response) => {
        asked++;
        response.writeHead(status).end('<p>no</p>');
      });
      expect(await failureOf(clientOf(url))).toMatchObject({ code, message: expect.stringContaining(`status ${status}: no`) });
      expect(asked, String(status)).toBe(tries);
    }
  });

  it('that makes something is sent once, and what it made is found', async () => {
    const fake = await FakeMlflow.start({ fate: ({ count }) => (count === 1 ? 'cut after' : 'answer') });
    await expect(clientOf(fake.url).create('experiments/create', { name: 'x' })).rejects.toMatchObject({ code: 'MLFLOW_AWAY', retryable: true });
    expect(fake.asked).toEqual(['POST /api/2.0/mlflow/experiments/create']);
    expect(await ask(clientOf(fake.url))).toMatchObject({ experiment: { name: 'x' } });
  });

  it('ends when the server is silent, and at once when nobody wants it any more', async () => {
    const silent = await serve(() => undefined);
    const failure = await failureOf(new MlflowClient({ address: serverAddress(silent, {}), timeoutMs: 50, retries: { ...RETRIES, attempts: 1 } }));
    expect(failure).toMatchObject({ code: 'MLFLOW_AWAY', message: `expected an answer from MLflow at ${silent}, found no answer for 0.05 s` });
    const controller = new AbortController();
    const asked = ask(clientOf(silent, {}, 60_000), controller.signal);
    setTimeout(() => controller.abort(new Error('enough')), 20);
    await expect(asked).rejects.toThrow('enough');
  });

  it.each<[string, RequestListener, object]>([
    ['a server that is called by a name it does not know', (_, response) => void response.writeHead(403).end('Invalid Host header - possible DNS rebinding attack detected'), { code: 'MLFLOW_HOST', fields: { hint: expect.stringMatching(/^start the server with --allowed-hosts '127\.0\.0\.1:\d+,localhost:\*'$/) } }],
    ['a server that sends one elsewhere', (_, response) => void response.writeHead(308, { location: 'https://me:planted@mlflow.example/?t=planted' }).end(), { code: 'MLFLOW_MOVED', fields: { hint: 'it sends one on to https://***@mlflow.example/; set that address' } }],
    ['something that is no MLflow', (_, response) => void response.end('<html>Sign in</html>'), { code: 'MLFLOW_ABSENT', message: expect.stringContaining('found "<html>Sign in</html>"') }],
    ['a list', (_, response) => void response.end('[]'), { code: 'MLFLOW_ABSENT' }],
    ['an answer that breaks off', (_, response) => void response.writeHead(200, { 'content-length': '100' }).write('{"a":', () => response.destroy()), { code: 'MLFLOW_AWAY' }],
  ])('says what to do about %s', async (_, listener, expected) => {
    const failure = await failureOf(clientOf(await serve(listener)));
    expect(failure).toMatchObject(expected);
    expect(inspect(failure, { depth: 9 })).not.toContain('planted');
  });

  it('does not keep a process alive that has nothing else to do', async () => {
    const silent = await serve(() => undefined);
    const script = startScript(`
      const { MlflowClient } = await load('src/tracking/mlflow/client.js');
      const client = new MlflowClient({ address: { url: ${JSON.stringify(silent)}, authorization: null }, timeoutMs: 600000 });
      void client.get('x', {});
      console.log('asked');
    `);
    expect(await script.line()).toBe('asked');
    expect(await script.end()).toEqual({ code: 0, stderr: '' });
  });
});

describe('the folder of artifacts', () => {
  it.each([['mlflow-artifacts:/1/abc/artifacts', ['1', 'abc', 'artifacts']], ['mlflow-artifacts://host:5000/1/abc/artifacts', ['1', 'abc', 'artifacts']], ['mlflow-artifacts:/1//abc', ['1', 'abc']]])('of %s', (uri, parts) => {
    expect(artifactRoot(uri)).toEqual({ parts });
  });

  it.each(['s3://bucket/1/abc', 'file:///tmp/x', '/tmp/x', 'mlflow-artifacts:/', 'mlflow-artifacts:/1/../2', 'mlflow-artifacts:/1/%2e%2e/2', 'mlflow-artifacts:/1/a\\b', ''])('is not %j', (uri) => {
    expect(() => artifactRoot(uri)).toThrow('expected an MLflow server that takes files itself');
  });
});

describe('batches', () => {
  it('keep the order and hold no more than MLflow takes', () => {
    const params = Array.from({ length: 230 }, (_, at) => ({ key: `p${at}`, value: 'x'.repeat(at % 7 === 0 ? 6000 : 1) }));
    const tags = Array.from({ length: 150 }, (_, at) => ({ key: `t${at}`, value: 'y'.repeat(8000) }));
    const points = Array.from({ length: 3200 }, (_, at) => ({ key: 'm', value: at, timestamp: 1, step: at }));
    const all = batches({ params, tags, points });
    expect(all.flatMap((batch) => batch.params)).toEqual(params);
    expect(all.flatMap((batch) => batch.tags)).toEqual(tags);
    expect(all.flatMap((batch) => batch.points)).toEqual(points);
    for (const batch of all) {
      expect([batch.params.length <= 100, batch.tags.length <= 100, batch.points.length <= 1000, batch.params.length + batch.tags.length + batch.points.length <= 1000]).toEqual([true, true, true, true]);
      expect(JSON.stringify(batch).length).toBeLessThan(1_000_000);
    }
    expect(batches({})).toEqual([]);
  });
});
