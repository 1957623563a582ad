import type { CallOptions, MlflowClient } from './client.js';
import { isRefusal } from './failures.js';
import { listOf, objectOf, textOf, type Fields } from './json-answer.js';
import type { KeyValue } from './server-runs.js';

/** The tag by which our models are found again. */
export const MODEL_TAG = 'swinglab.model';

/** A logged model as a server has it. */
export interface ServerModel {
  readonly id: string;
  readonly isReady: boolean;
  readonly artifactUri: string;
}

export interface NewModel {
  readonly experimentId: string;
  readonly name: string;
  readonly type: string;
  readonly runId: string | null;
  readonly params: readonly KeyValue[];
  readonly tags: readonly KeyValue[];
}

/** The logged model that carries one of our keys; of several the one that is ready, else the oldest. */
export async function findModel(client: MlflowClient, experimentId: string, key: string, options: CallOptions): Promise<ServerModel | null> {
  const body = { experiment_ids: [experimentId], filter: `tags.\`${MODEL_TAG}\` = '${key}'`, max_results: 50 };
  const models = listOf(await client.post('logged-models/search', body, options), 'models').map(serverModel);
  const [first] = models.reverse().sort((a, b) => Number(b.isReady) - Number(a.isReady)); // newest first as MLflow gives them
  return first ?? null;
}

export async function createModel(client: MlflowClient, { experimentId, name, type, runId, params, tags }: NewModel, options: CallOptions): Promise<ServerModel> {
  const body = { experiment_id: experimentId, name, model_type: type, ...(runId === null ? {} : { source_run_id: runId }), params, tags };
  return serverModel(objectOf(await client.create('logged-models', body, options), 'model'));
}

/** Its files are all there. */
export async function readyModel(client: MlflowClient, id: string, options: CallOptions): Promise<void> {
  await client.patch(`logged-models/${id}`, { model_id: id, status: 'LOGGED_MODEL_READY' }, options);
}

/** Links a run to a model that came from it; MLflow refuses a link that is there. */
export async function linkModel(client: MlflowClient, runId: string, modelId: string, options: CallOptions): Promise<void> {
  await client.post('runs/outputs', { run_id: runId, models: [{ model_id: modelId, step: 0 }] }, options).catch((error: unknown) => {
    if (!isRefusal(error, 'BAD_REQUEST')) throw error;
  });
}

/** A name of the registry; one that is there stays as it is. */
export async function registerName(client: MlflowClient, name: string, options: CallOptions): Promise<void> {
  await client.post('registered-models/create', { name, tags: [{ key: 'swinglab', value: 'true' }] }, options).catch((error: unknown) => {
    if (!isRefusal(error, 'RESOURCE_ALREADY_EXISTS')) throw error;
  });
}

/** The version of a registered name that carries one of our keys; of several the first. */
export async function findVersion(client: MlflowClient, name: string, key: string, options: CallOptions): Promise<string | null> {
  const versions = listOf(await client.get('model-versions/search', { filter: `name='${name}' and tags.\`${MODEL_TAG}\`='${key}'`, max_results: '50' }, options), 'model_versions');
  const [first] = versions.map((version) => Number(textOf(version, 'version'))).sort((a, b) => a - b);
  return first === undefined ? null : String(first);
}

export async function createVersion(client: MlflowClient, { name, model, runId, key }: { readonly name: string; readonly model: string; readonly runId: string | null; readonly key: string }, options: CallOptions): Promise<string> {
  const body = { name, source: `models:/${model}`, model_id: model, ...(runId === null ? {} : { run_id: runId }), tags: [{ key: MODEL_TAG, value: key }] };
  return textOf(objectOf(await client.create('model-versions/create', body, options), 'model_version'), 'version');
}

export async function setAlias(client: MlflowClient, { name, alias, version }: { readonly name: string; readonly alias: string; readonly version: string }, options: CallOptions): Promise<void> {
  await client.post('registered-models/alias', { name, alias, version }, options);
}

function serverModel(model: Fields): ServerModel {
  const info = objectOf(model, 'info');
  return { id: textOf(info, 'model_id'), isReady: info['status'] === 'LOGGED_MODEL_READY', artifactUri: textOf(info, 'artifact_uri') };
}
