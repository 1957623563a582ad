import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

import { FakeModels } from './models.js';
import { absent, Refusal } from './refusal.js';
import { FakeRuns, type Json } from './runs.js';

/** What becomes of a request: answered; done or not done and the connection cut; answered with a status by something in between. */
export type Fate = 'answer' | 'cut before' | 'cut after' | 'silence' | number;

export interface FakeMlflowOptions {
  /** Asked for each request in turn, counted from 1. */
  readonly fate?: (request: { readonly count: number; readonly method: string; readonly path: string }) => Fate;
  /** `user:password` or a token that is demanded. */
  readonly login?: string;
  readonly port?: number;
}

/**
 * A server that behaves as MLflow 3.17.2 does in all that is asked of it here; `exchanges.test.ts` holds it to recorded
 * answers. It can lose answers, break off and be away; its data stays when it is stopped and started again.
 */
export class FakeMlflow {
  readonly runs = new FakeRuns();
  readonly models = new FakeModels(this.runs);
  readonly artifacts = new Map<string, Buffer>();
  /** `METHOD path` of every request that came. */
  readonly asked: string[] = [];
  fate: NonNullable<FakeMlflowOptions['fate']>;
  #server: Server | null = null;
  #port: number;
  readonly #login: string | null;

  private constructor({ fate = () => 'answer', login, port = 0 }: FakeMlflowOptions) {
    this.fate = fate;
    this.#login = login ?? null;
    this.#port = port;
  }

  /** Stopped when the test ends. */
  static async start(options: FakeMlflowOptions = {}): Promise<FakeMlflow> {
    const fake = new FakeMlflow(options);
    await fake.start();
    onTestFinished(() => fake.stop());
    return fake;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.#serve(request, response));
    await new Promise<void>((listening, failed) => server.once('error', failed).listen(this.#port, '127.0.0.1', listening));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (server === null) return;
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }

  /** All that it holds, without ids and times of its own, so that two servers can be compared. */
  state(): Json {
    const experiments = [...this.runs.experiments.values()];
    const nameOf = (id: string): string => experiments.find((one) => one.id === id)!.name;
    const artifactsUnder = (root: string): Record<string, string> => Object.fromEntries([...this.artifacts].filter(([path]) => path.startsWith(`${root}/`)).map(([path, content]) => [path.slice(root.length + 1), content.toString()] as const).sort());
    const runs = [...this.runs.runs.values()].filter(({ isDeleted }) => !isDeleted);
    const runName = (id: string): string => this.runs.runs.get(id)?.tags.get('swinglab.run') ?? '';
    const worded = (text: string): string => text.replace(/m-[\da-f]{32}|[\da-f]{32}/g, (id) => (this.models.models.has(id) ? `model ${this.models.models.get(id)!.name}` : this.runs.runs.has(id) ? `run ${runName(id)}` : id)).replace(/mlflow-artifacts:\/\d+/g, 'mlflow-artifacts:/…');
    return {
      experiments: experiments.map(({ name }) => name).sort(),
      runs: runs.map((run) => ({
        experiment: nameOf(run.experiment), name: run.name, status: run.status, startedAt: run.startedAt, endedAt: run.endedAt,
        params: Object.fromEntries([...run.params].sort()), tags: Object.fromEntries([...run.tags].sort()),
        points: [...run.points.values()].map(({ key, step, timestamp, value }) => [key, step, timestamp, value]).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
        shown: Object.fromEntries(this.runs.shown(run).map(({ key, value }) => [key, value] as const).sort()),
        datasets: [...run.datasets.values()].map(({ dataset }) => dataset as unknown),
        models: [...run.models.keys()].map((id) => this.models.models.get(id)!.name),
        artifacts: artifactsUnder(`${run.experiment}/${run.id}/artifacts`),
      })).sort((a, b) => (JSON.stringify([a.experiment, a.tags['swinglab.run'], a.tags]) < JSON.stringify([b.experiment, b.tags['swinglab.run'], b.tags]) ? -1 : 1)),
      models: [...this.models.models.values()].map((model) => ({
        experiment: nameOf(model.experiment), name: model.name, type: model.type, status: model.status, run: runName(model.run), params: model.params, tags: Object.fromEntries(model.tags),
        points: this.runs.modelPoints.filter(({ model: of }) => of === model.id).map(({ key, value, step, timestamp, run }) => [key, value, step, timestamp, runName(run)]),
        artifacts: Object.fromEntries(Object.entries(artifactsUnder(`${model.experiment}/models/${model.id}/artifacts`)).map(([name, content]) => [name, worded(content)])),
      })),
      registered: [...this.models.registered.values()].map(({ name, versions, aliases }) => ({ name, aliases: Object.fromEntries(aliases), versions: versions.map(({ version, source, run, tags }) => ({ version, source: worded(source), run: runName(run), tags: Object.fromEntries(tags) })) })),
    };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const pieces: Buffer[] = [];
    try {
      for await (const piece of request) pieces.push(piece as Buffer);
    } catch {
      return; // the caller went away
    }
    const { method = '', url = '' } = request;
    this.asked.push(`${method} ${url.split('?')[0]}`);
    const fate = this.fate({ count: this.asked.length, method, path: url });
    if (fate === 'silence') return;
    if (fate === 'cut before') return void request.socket.destroy();
    if (typeof fate === 'number') return void response.writeHead(fate, { 'content-type': 'text/html' }).end(`<h1>${fate}</h1>`);
    const { status, body, type } = this.#answer(request, Buffer.concat(pieces));
    if (fate === 'cut after') return void request.socket.destroy();
    response.writeHead(status, { 'content-type': type }).end(body);
  }

  #answer({ method = '', url = '', headers }: IncomingMessage, content: Buffer): { status: number; body: string | Buffer; type: string } {
    const text = (status: number, body: string | Buffer): { status: number; body: string | Buffer; type: string } => ({ status, body, type: 'text/html' });
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    if (pathname === '/health') return text(200, 'OK');
    if (pathname === '/version') return text(200, '3.17.2');
    if (!/^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(headers.host ?? '')) return text(403, 'Invalid Host header - possible DNS rebinding attack detected');
    if (headers.origin !== undefined && !/^http:\/\/localhost(:\d+)?$/.test(headers.origin) && method !== 'GET') return text(403, 'Cross-origin request blocked');
    if (this.#login !== null && headers.authorization !== (this.#login.includes(':') ? `Basic ${Buffer.from(this.#login).toString('base64')}` : `Bearer ${this.#login}`)) return text(401, 'You are not authenticated. Please see https://www.mlflow.org/docs/latest/auth/index.html#authenticating-to-mlflow on how to authenticate.');
    try {
      const artifact = /^\/api\/2\.0\/mlflow-artifacts\/artifacts(?:\/(.*))?$/.exec(pathname);
      if (artifact) return { type: 'application/octet-stream', status: 200, body: this.#artifact(method, decodeURIComponent(artifact[1] ?? ''), { path: searchParams.get('path'), content }) };
      const api = /^\/api\/2\.0\/mlflow\/(.*)$/.exec(pathname);
      const answer = api === null ? null : this.#call(`${method} ${api[1]}`, method === 'GET' ? Object.fromEntries(searchParams) : (JSON.parse(content.toString() || '{}') as Json));
      if (answer === null) return text(404, '<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server. If you entered the URL manually please check your spelling and try again.</p>\n');
      return { status: 200, body: JSON.stringify(answer), type: 'application/json' };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: JSON.stringify({ error_code: error.errorCode, message: error.message, sqlstate: 'KAM00', error_class: error.errorClass }), type: 'application/json' };
    }
  }

  #call(call: string, body: Json): Json | null {
    const { runs, models } = this;
    const model = /^(GET|PATCH) logged-models\/([^/]+)$/.exec(call);
    if (model) return model[1] === 'GET' ? models.get(model[2]) : models.finalize(model[2], body);
    const calls: Record<string, () => Json> = {
      'POST experiments/create': () => runs.createExperiment(body),
      'GET experiments/get-by-name': () => runs.experimentByName(body),
      'POST experiments/delete': () => runs.deleteExperiment(body),
      'POST experiments/search': () => {
        throw new Refusal(400, 'INVALID_PARAMETER_VALUE', "Invalid value 0 for parameter 'max_results' supplied. It must be a positive integer");
      },
      'POST runs/create': () => runs.createRun(body),
      'POST runs/log-batch': () => runs.logBatch(body),
      'POST runs/log-metric': () => runs.logBatch({ run_id: body['run_id'], metrics: [body] }),
      'POST runs/log-parameter': () => runs.logBatch({ run_id: body['run_id'], params: [body] }),
      'POST runs/set-tag': () => runs.setTag(body),
      'POST runs/log-inputs': () => runs.logInputs(body),
      'POST runs/outputs': () => runs.logOutputs(body),
      'POST runs/update': () => runs.updateRun(body),
      'POST runs/delete': () => runs.deleteRun(body),
      'GET runs/get': () => runs.getRun(body),
      'POST runs/search': () => runs.searchRuns(body),
      'GET metrics/get-history': () => runs.figureHistory(body),
      'GET artifacts/list': () => ({ root_uri: `mlflow-artifacts:/${runs.run(body['run_id']).experiment}/${body['run_id']}/artifacts`, ...this.#list(`${runs.run(body['run_id']).experiment}/${body['run_id']}/artifacts/${body['path']}`, `${body['path']}/`) }),
      'POST logged-models': () => models.create(body),
      'POST logged-models/search': () => models.search(body),
      'POST registered-models/create': () => models.register(body),
      'PATCH registered-models/update': () => models.update(body),
      'POST registered-models/alias': () => models.setAlias(body),
      'GET registered-models/alias': () => models.byAlias(body),
      'POST model-versions/create': () => models.createVersion(body),
      'POST model-versions/set-tag': () => models.tagVersion(body),
      'GET model-versions/search': () => models.searchVersions(body),
    };
    return calls[call]?.() ?? null;
  }

  #artifact(method: string, path: string, { path: listed, content }: { path: string | null; content: Buffer }): string | Buffer {
    if (method === 'PUT') {
      this.artifacts.set(path, content);
      return '';
    }
    if (listed !== null) return JSON.stringify(this.#list(listed, ''));
    const found = this.artifacts.get(path);
    if (found === undefined) throw absent(`No such artifact: '${path}'`);
    return found;
  }

  #list(folder: string, prefix: string): Json {
    const below = [...this.artifacts].filter(([path]) => path.startsWith(`${folder}/`)).map(([path, content]) => [path.slice(folder.length + 1), content] as const);
    const files = new Map<string, Json>();
    for (const [path, { length }] of below) {
      const [name, ...rest] = path.split('/');
      files.set(name, { path: prefix + name, is_dir: rest.length > 0, ...(rest.length > 0 ? {} : { file_size: length }) });
    }
    return files.size === 0 ? {} : { files: [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file) };
  }
}
