import { request as httpRequest } from 'node:http';

/** One request and what came of it, as it is compared: ids and times of the server are replaced by words. */
export interface Exchange {
  readonly asked: string;
  readonly status: number;
  /** Parsed where it is JSON. */
  readonly answer: unknown;
}

type Json = Record<string, any>;

/** Sent in place of the time, so that answers repeat. */
const NOW = 1_795_487_427_711;
const SERVER_TIMES = new Set(['creation_time', 'last_update_time', 'creation_timestamp', 'last_updated_timestamp', 'creation_timestamp_ms', 'last_updated_timestamp_ms']);

/** Speaks with a server whose data is empty, and keeps all that is said. */
class Speaker {
  readonly #exchanges: Exchange[] = [];
  readonly #base: URL;
  readonly #words = new Map<string, string>();

  constructor(base: string) {
    this.#base = new URL(base);
  }

  /** This id of the server's reads as a word. */
  name(id: string, word: string): void {
    this.#words.set(id, word);
  }

  said(): readonly Exchange[] {
    return this.#exchanges.map(({ asked, status, answer }) => ({ asked: this.#worded(asked), status, answer: this.#clean(answer) }));
  }

  get(path: string, query: Record<string, string>): Promise<Json> {
    return this.#say('GET', `/api/2.0/mlflow/${path}?${new URLSearchParams(query).toString()}`, path);
  }

  post(path: string, body: object): Promise<Json> {
    return this.#say('POST', `/api/2.0/mlflow/${path}`, path, { body: JSON.stringify(body) });
  }

  patch(path: string, body: object): Promise<Json> {
    return this.#say('PATCH', `/api/2.0/mlflow/${path}`, path, { body: JSON.stringify(body) });
  }

  artifact(method: 'GET' | 'PUT', path: string, body?: string | Buffer): Promise<Json> {
    return this.#say(method, `/api/2.0/mlflow-artifacts/artifacts${path}`, `mlflow-artifacts/artifacts${path}`, { ...(body === undefined ? {} : { body }), type: 'application/octet-stream' });
  }

  /** A request with headers that other clients do not let one choose. */
  raw(method: string, path: string, headers: Record<string, string>): Promise<Json> {
    return this.#say(method, path, `${path} ${JSON.stringify(headers)}`, { headers, ...(method === 'POST' ? { body: '{}' } : {}) });
  }

  async #say(method: string, path: string, shown: string, { body, headers = {}, type = 'application/json' }: { body?: string | Buffer; headers?: Record<string, string>; type?: string } = {}): Promise<Json> {
    const { status, text } = await send(this.#base, { method, path, headers: { 'content-type': type, ...headers }, body });
    let answer: unknown = text;
    try {
      answer = JSON.parse(text);
    } catch {
      // text then
    }
    this.#exchanges.push({ asked: `${method} ${shown}`, status, answer });
    return typeof answer === 'object' && answer !== null ? (answer) : {};
  }

  #clean(value: unknown): unknown {
    if (typeof value === 'string') return this.#worded(value);
    if (Array.isArray(value)) return sorted(value.map((one) => this.#clean(one)));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, SERVER_TIMES.has(key) ? '<time>' : this.#clean(one)]));
  }

  #worded(text: string): string {
    let worded = text;
    for (const [id, word] of this.#words) worded = worded.replaceAll(id, word);
    return worded.length > 400 ? `${worded.slice(0, 100)}… ${[...worded].length} characters` : worded;
  }
}

/** Lists of keys and values in the order of the keys: a server gives them in any. */
function sorted(list: unknown[]): unknown[] {
  const isKeyed = list.every((one) => typeof one === 'object' && one !== null && 'key' in one);
  return isKeyed ? [...list].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : list;
}

function send(base: URL, { method, path, headers, body }: { method: string; path: string; headers: Record<string, string>; body: string | Buffer | undefined }): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname: base.hostname, port: base.port, method, path, headers }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () => resolve({ status: response.statusCode!, text: Buffer.concat(pieces).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });
}

/** A conversation that shows how an MLflow server behaves in all that is asked of it here. */
export async function converse(base: string): Promise<readonly Exchange[]> {
  const speaker = new Speaker(base);
  const place = await first(speaker);
  await limits(speaker, place);
  await repeats(speaker, place);
  await ends(speaker, place);
  return speaker.said();
}

interface Place {
  readonly experiment: string;
  readonly run: string;
  readonly model: string;
  readonly registered: string;
}

/** Each call once, and its best-known faults: the order of the transcript that was recorded before this one. */
async function first(speaker: Speaker): Promise<Place> {
  const name = `daily-${NOW}`;
  const { experiment_id: experiment } = await speaker.post('experiments/create', { name, tags: [{ key: 'project', value: 'x' }] });
  await speaker.post('experiments/create', { name });
  await speaker.get('experiments/get-by-name', { experiment_name: name });
  await speaker.get('experiments/get-by-name', { experiment_name: 'no-such' });
  const run = await createRun(speaker, { experiment_id: experiment, start_time: NOW, run_name: 'fold-0', tags: [{ key: 'mlflow.source.name', value: 'daily.ts' }, { key: 'mlflow.source.git.commit', value: 'abc' }] }, '<run 1>');
  const child = await createRun(speaker, { experiment_id: experiment, start_time: NOW, run_name: 'child', tags: [{ key: 'mlflow.parentRunId', value: run }] }, '<run 2>');
  const batch = (body: object): Promise<Json> => speaker.post('runs/log-batch', { run_id: run, ...body });
  await batch({ params: [{ key: 'lr', value: '0.05' }], metrics: [{ key: 'ic', value: 0.03, timestamp: NOW, step: 0 }, { key: 'ic', value: 0.04, timestamp: NOW, step: 1 }], tags: [{ key: 'stage', value: 'dev' }] });
  await batch({ params: [{ key: 'lr', value: '0.05' }] });
  await batch({ params: [{ key: 'lr', value: '0.06' }] });
  for (const value of ['NaN', 'Infinity', null]) await batch({ metrics: [{ key: value === null ? 'nul' : value === 'NaN' ? 'nan' : 'inf', value, timestamp: NOW, step: 0 }] });
  await batch({ metrics: Array.from({ length: 1001 }, (_, i) => ({ key: 'm', value: i, timestamp: NOW, step: i })) });
  await batch({ params: [{ key: 'long', value: 'x'.repeat(6001) }] });
  await batch({ params: Array.from({ length: 101 }, (_, i) => ({ key: `p${i}`, value: '1' })) });
  await speaker.post('runs/log-metric', { run_id: run, key: 'sharpe', value: 1.2, timestamp: NOW, step: 0, dataset_name: 'prices', dataset_digest: 'd1' });
  await speaker.post('runs/log-parameter', { run_id: run, key: 'objective', value: 'lambdarank' });
  await speaker.post('runs/set-tag', { run_id: run, key: 'mlflow.note.content', value: '**hello**' });
  await speaker.post('runs/log-inputs', { run_id: run, datasets: [{ dataset: { name: 'prices', digest: 'sha256abc', source_type: 'local', source: '{"uri":"data/prices.parquet"}', schema: '{}', profile: '{"num_rows":10}' }, tags: [{ key: 'mlflow.data.context', value: 'training' }] }] });
  const root = `${experiment}/${run}/artifacts`;
  await speaker.artifact('PUT', `/${root}/reports/daily.html`, '<h1>daily</h1>');
  await speaker.artifact('PUT', `/${root}/big.bin`, Buffer.alloc(1 << 20, 1));
  await speaker.artifact('PUT', `/${experiment}/evil.txt`, 'x'); // where fetch sends a path with ".."
  await speaker.artifact('PUT', `/${experiment}/evil.txt`, 'x');
  await speaker.artifact('GET', `?path=${root}`);
  await speaker.artifact('GET', `/${root}/reports/daily.html`);
  await speaker.get('artifacts/list', { run_id: run, path: 'reports' });
  const { model: kept } = await speaker.post('logged-models', { experiment_id: experiment, name: 'ranker', model_type: 'lightgbm', source_run_id: run, params: [{ key: 'lr', value: '0.05' }], tags: [{ key: 'k', value: 'v' }] });
  const model: string = kept.info.model_id;
  speaker.name(model, '<model 1>');
  await speaker.artifact('PUT', `/${experiment}/models/${model}/artifacts/model.txt`, 'tree');
  await speaker.artifact('PUT', `/${experiment}/models/${model}/artifacts/MLmodel`, 'flavors: {}\n');
  await speaker.patch(`logged-models/${model}`, { model_id: model, status: 'LOGGED_MODEL_READY' });
  await speaker.post('runs/outputs', { run_id: run, models: [{ model_id: model, step: 0 }] });
  await batch({ metrics: [{ key: 'ic', value: 0.05, timestamp: NOW, step: 2, model_id: model, dataset_name: 'prices', dataset_digest: 'sha256abc' }] });
  await speaker.get(`logged-models/${model}`, {});
  await speaker.post('logged-models/search', { experiment_ids: [experiment], max_results: 5 });
  const registered = `ranker-${NOW}`;
  await speaker.post('registered-models/create', { name: registered, tags: [{ key: 'a', value: 'b' }] });
  await speaker.post('registered-models/create', { name: registered });
  await speaker.post('model-versions/create', { name: registered, source: `models:/${model}`, run_id: run, model_id: model });
  await speaker.post('model-versions/create', { name: registered, source: `mlflow-artifacts:/${root}/model`, run_id: run });
  await speaker.post('model-versions/create', { name: registered, source: '/etc/passwd', run_id: run });
  await speaker.post('registered-models/alias', { name: registered, alias: 'champion', version: '1' });
  await speaker.get('registered-models/alias', { name: registered, alias: 'champion' });
  await speaker.post('model-versions/set-tag', { name: registered, version: '1', key: 'gate', value: 'passed' });
  await speaker.get('model-versions/search', { filter: `name='${registered}'` });
  await speaker.patch('registered-models/update', { name: registered, description: 'd' });
  await speaker.post('runs/update', { run_id: run, status: 'FINISHED', end_time: NOW + 1000 });
  await speaker.post('runs/search', { experiment_ids: [experiment], filter: "metrics.ic > 0.01 and params.lr = '0.05' and tags.stage = 'dev'", order_by: ['metrics.ic DESC'], max_results: 10 });
  await speaker.post('runs/search', { experiment_ids: [experiment], filter: 'bogus ~ 1' });
  await speaker.get('metrics/get-history', { run_id: run, metric_key: 'ic' });
  await speaker.get('runs/get', { run_id: '0'.repeat(32) });
  await speaker.post('runs/delete', { run_id: child });
  await speaker.raw('GET', `/api/2.0/mlflow/experiments/get?experiment_id=0`, { host: 'evil.com' });
  await speaker.raw('GET', '/version', { host: 'mlflow:5000' });
  await speaker.raw('GET', '/health', { host: 'mlflow:5000' });
  await speaker.raw('POST', '/api/2.0/mlflow/experiments/search', { origin: 'https://evil.com' });
  await speaker.raw('POST', '/api/2.0/mlflow/experiments/search', { origin: 'http://localhost:3000' });
  await speaker.raw('GET', '/version', {});
  return { experiment, run, model, registered };
}

async function createRun(speaker: Speaker, body: object, word: string): Promise<string> {
  const { run } = await speaker.post('runs/create', body);
  speaker.name(run.info.run_id, word);
  return run.info.run_id;
}

/** What is refused, and what is cut without a word. */
async function limits(speaker: Speaker, { experiment, model, registered }: Place): Promise<void> {
  const run = await createRun(speaker, { experiment_id: experiment, start_time: NOW, run_name: 'limits', tags: [{ key: 'swinglab.run', value: 'abc' }] }, '<run 3>');
  const batch = (body: object): Promise<Json> => speaker.post('runs/log-batch', { run_id: run, ...body });
  for (const key of ['rank IC at h=5', 'quantile 5 − 1', 'ä', 'a//b', 'a/./b', 'a/', '/a', 'a:b', 'a..b', '../a', '..', 'a@b', 'x'.repeat(251), 'x'.repeat(250)]) await batch({ metrics: [{ key, value: 1, timestamp: NOW, step: 0 }] });
  for (const key of ['rank=5', 'a//b', 'x'.repeat(251)]) {
    await batch({ params: [{ key, value: '1' }] });
    await batch({ tags: [{ key, value: '1' }] });
  }
  await batch({ params: [{ key: 'empty', value: '' }, { key: 'six', value: '😀'.repeat(6001) }], tags: [{ key: 'empty', value: '' }, { key: 'eight', value: 'y'.repeat(8001) }] });
  await batch({ params: [{ key: 'd', value: '1' }, { key: 'd', value: '1' }] });
  await batch({ params: [{ key: 'half', value: 'a\ud800b' }] });
  await batch({ tags: Array.from({ length: 101 }, (_, i) => ({ key: `k${i}`, value: '1' })) });
  await batch({ tags: [{ key: 'a', value: '1' }], params: [{ key: 'b', value: '1' }], metrics: Array.from({ length: 999 }, (_, i) => ({ key: 'mm', value: i, timestamp: NOW, step: i })) });
  await batch({ metrics: [{ key: 'small', value: 5e-324, timestamp: NOW, step: 0 }, { key: 'largest', value: Number.MAX_VALUE, timestamp: NOW, step: 2 ** 40 }] });
  await batch({ metrics: [{ key: 'fraction of a millisecond', value: 1, timestamp: NOW + 0.5, step: 3 }, { key: 'lost', value: 1, timestamp: NOW, step: 0 }], tags: [{ key: 'lost', value: 'too' }] });
  await speaker.get('runs/get', { run_id: run });
  for (const digest of ['a'.repeat(36), 'a'.repeat(37)]) await speaker.post('runs/log-inputs', { run_id: run, datasets: [{ dataset: { name: 'bars', digest, source_type: 'local', source: '{}' } }] });
  await speaker.post('logged-models', { experiment_id: experiment, name: 'a.b/c', model_type: 'x' });
  for (const name of ['a/b', 'a:b']) await speaker.post('registered-models/create', { name });
  for (const [alias, version] of [['champion', '9'], ['v1', '1'], ['latest', '1']]) await speaker.post('registered-models/alias', { name: registered, alias, version });
  await speaker.get('registered-models/alias', { name: registered, alias: 'nobody' });
  await speaker.get(`logged-models/m-none`, {});
  await speaker.post('experiments/create', { name: 'e'.repeat(501) });
  await speaker.raw('POST', '/api/2.0/mlflow/nothing', {});
  await speaker.get('model-versions/search', { filter: `name='${registered}' and tags.\`gate\`='passed'` });
  await speaker.get('model-versions/search', { filter: `name='no-such'` });
  await speaker.post('logged-models/search', { experiment_ids: [experiment], filter: "tags.`k` = 'v'", max_results: 5 });
  await speaker.post('logged-models/search', { experiment_ids: [experiment], filter: "tags.`k` = 'other'", max_results: 5 });
  await speaker.get(`logged-models/${model}`, {});
}

/** What the same once more does. */
async function repeats(speaker: Speaker, { experiment, model }: Place): Promise<void> {
  const run = await createRun(speaker, { experiment_id: experiment, start_time: NOW + 1, run_name: 'repeats', tags: [{ key: 'swinglab.run', value: 'def' }] }, '<run 4>');
  const batch = (...metrics: object[]): Promise<Json> => speaker.post('runs/log-batch', { run_id: run, metrics });
  const point = (value: number | string, timestamp = NOW, step = 0): object => ({ key: 'ic', value, timestamp, step });
  await batch(point(0.1), point(0.2, NOW, 1));
  await batch(point(0.1), point(0.2, NOW, 1), point(0.2, NOW, 1), point(0.3, NOW, 2));
  await batch(point(0.25, NOW, 2));
  await batch(point(9, NOW + 1, 1));
  await speaker.get('metrics/get-history', { run_id: run, metric_key: 'ic' });
  await speaker.get('runs/get', { run_id: run });
  await batch(point('NaN', NOW + 1, 2));
  await speaker.get('runs/get', { run_id: run });
  await batch(point(-1, NOW + 2, 2));
  const dataset = { dataset: { name: 'bars', digest: 'b', source_type: 'local', source: '{"uri":"x"}' } };
  await speaker.post('runs/log-inputs', { run_id: run, datasets: [dataset] });
  await speaker.post('runs/log-inputs', { run_id: run, datasets: [dataset] });
  await speaker.post('runs/outputs', { run_id: run, models: [{ model_id: model, step: 0 }] });
  await speaker.post('runs/outputs', { run_id: run, models: [{ model_id: model, step: 0 }] });
  await speaker.post('runs/log-batch', { run_id: run, metrics: [{ ...point(0.2, NOW, 1), model_id: model }] });
  await speaker.post('runs/log-batch', { run_id: run, metrics: [{ ...point(0.2, NOW, 1), model_id: model }] });
  await speaker.patch(`logged-models/${model}`, { model_id: model, status: 'LOGGED_MODEL_READY' });
  await speaker.get(`logged-models/${model}`, {});
  await speaker.post('runs/search', { experiment_ids: [experiment], filter: "tags.`swinglab.run` = 'def'", run_view_type: 'ALL', max_results: 50 });
  await speaker.post('runs/update', { run_id: run, status: 'KILLED', end_time: NOW + 5 });
  await speaker.post('runs/update', { run_id: run, status: 'RUNNING' });
  await speaker.post('runs/update', { run_id: run, status: 'FINISHED', end_time: NOW + 9, run_name: 'another name' });
  await speaker.get('runs/get', { run_id: run });
}

/** What becomes of what was thrown away. */
async function ends(speaker: Speaker, { experiment, run }: Place): Promise<void> {
  const search = (): Promise<Json> => speaker.post('runs/search', { experiment_ids: [experiment], filter: "tags.`stage` = 'dev'", run_view_type: 'ALL', max_results: 50 });
  await speaker.post('runs/delete', { run_id: run });
  await search();
  await speaker.post('runs/search', { experiment_ids: [experiment], filter: "tags.`stage` = 'dev'", max_results: 50 });
  await speaker.post('runs/log-batch', { run_id: run, tags: [{ key: 'a', value: 'b' }] });
  await speaker.post('runs/delete', { run_id: run });
  await speaker.artifact('PUT', `/${experiment}/${run}/artifacts/a%20b/c+d@e=f.txt`, 'x');
  await speaker.artifact('GET', `?path=${experiment}/${run}/artifacts/a%20b`);
  await speaker.artifact('GET', `?path=99/none`);
  await speaker.artifact('GET', `/99/none/a.txt`);
  await speaker.post('experiments/delete', { experiment_id: experiment });
  await speaker.get('experiments/get-by-name', { experiment_name: `daily-${NOW}` });
  await speaker.post('experiments/create', { name: `daily-${NOW}` });
  await speaker.post('runs/create', { experiment_id: experiment, start_time: NOW, run_name: 'too late' });
}
