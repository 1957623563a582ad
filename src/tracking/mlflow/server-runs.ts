import type { CallOptions, MlflowClient } from './client.js';
import { isRefusal } from './failures.js';
import type { FigurePoint } from './figure-points.js';
import { listOf, objectOf, textOf, type Fields } from './json-answer.js';

export interface KeyValue {
  readonly key: string;
  readonly value: string;
}

export type ServerStatus = 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';

/** A run as a server has it. */
export interface ServerRun {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly isDeleted: boolean;
  readonly artifactUri: string;
  readonly tags: ReadonlyMap<string, string>;
  /** The point that it shows of each figure. */
  readonly shown: ReadonlyMap<string, FigurePoint>;
  /** Ids of models that came from it. */
  readonly models: readonly string[];
}

/** The tag by which our runs are found again. */
export const RUN_TAG = 'swinglab.run';

const MOST_FOUND = 50;

/** Runs of an experiment that carry one of our ids: those in use before those thrown away, oldest first. */
export async function findRuns(client: MlflowClient, experimentId: string, id: string, options: CallOptions): Promise<ServerRun[]> {
  const body = { experiment_ids: [experimentId], filter: `tags.\`${RUN_TAG}\` = '${id}'`, run_view_type: 'ALL', max_results: MOST_FOUND };
  const runs = listOf(await client.post('runs/search', body, options), 'runs').map(serverRun);
  return runs.sort((a, b) => Number(a.isDeleted) - Number(b.isDeleted) || a.startedAt - b.startedAt || (a.id < b.id ? -1 : 1));
}

export interface NewRun {
  readonly experimentId: string;
  readonly name: string;
  readonly startedAt: number;
  readonly tags: readonly KeyValue[];
}

export async function createRun(client: MlflowClient, { experimentId, name, startedAt, tags }: NewRun, options: CallOptions): Promise<ServerRun> {
  const answer = await client.create('runs/create', { experiment_id: experimentId, start_time: startedAt, run_name: name, tags }, options);
  return serverRun(objectOf(answer, 'run'));
}

/** Throws a run away; MLflow keeps it among the deleted ones. */
export async function deleteRun(client: MlflowClient, id: string, options: CallOptions): Promise<void> {
  await client.post('runs/delete', { run_id: id }, options).catch((error: unknown) => {
    if (!isRefusal(error)) throw error; // thrown away already
  });
}

export interface RunUpdate {
  readonly status?: ServerStatus;
  readonly endedAt?: number;
  readonly name?: string;
}

export async function updateRun(client: MlflowClient, id: string, { status, endedAt, name }: RunUpdate, options: CallOptions): Promise<void> {
  await client.post('runs/update', { run_id: id, ...(status === undefined ? {} : { status }), ...(endedAt === undefined ? {} : { end_time: endedAt }), ...(name === undefined ? {} : { run_name: name }) }, options);
}

/** What a run was computed from. */
export interface ServerDataset {
  readonly name: string;
  readonly digest: string;
  readonly source: string;
}

export async function logInputs(client: MlflowClient, id: string, datasets: readonly ServerDataset[], options: CallOptions): Promise<void> {
  await client.post('runs/log-inputs', { run_id: id, datasets: datasets.map(({ name, digest, source }) => ({ dataset: { name, digest, source_type: 'local', source } })) }, options);
}

function serverRun(run: Fields): ServerRun {
  const info = objectOf(run, 'info');
  const data = run['data'] === undefined ? {} : objectOf(run, 'data');
  const outputs = run['outputs'] === undefined ? {} : objectOf(run, 'outputs');
  const figures = listOf(data, 'metrics').map((metric): [string, FigurePoint] => [textOf(metric, 'key'), { key: textOf(metric, 'key'), value: Number(metric['value']), timestamp: Number(metric['timestamp']), step: Number(metric['step'] ?? 0) }]);
  return {
    id: textOf(info, 'run_id'),
    name: String(info['run_name'] ?? ''),
    status: String(info['status'] ?? ''),
    startedAt: Number(info['start_time'] ?? 0),
    endedAt: info['end_time'] === undefined ? null : Number(info['end_time']),
    isDeleted: info['lifecycle_stage'] === 'deleted',
    artifactUri: textOf(info, 'artifact_uri'),
    tags: new Map(listOf(data, 'tags').map((tag) => [textOf(tag, 'key'), textOf(tag, 'value')])),
    shown: new Map(figures),
    models: listOf(outputs, 'model_outputs').map((model) => textOf(model, 'model_id')),
  };
}
