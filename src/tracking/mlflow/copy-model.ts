import { ProviderError } from '../../core/errors.js';
import type { ModelJob, PromotionJob } from '../spool/spool-job.js';
import type { CallOptions, MlflowClient } from './client.js';
import type { Experiments } from './experiments.js';
import { sameValue } from './figure-points.js';
import { logBatches } from './log-batches.js';
import { mlflowKey, mlflowText } from './mlflow-names.js';
import { artifactRoot, putArtifact } from './server-artifacts.js';
import { createModel, createVersion, findModel, findVersion, linkModel, MODEL_TAG, readyModel, registerName, setAlias, type ServerModel } from './server-models.js';
import { findRuns, type KeyValue, type ServerRun } from './server-runs.js';

export interface CopyModelRequest {
  readonly client: MlflowClient;
  readonly experiments: Experiments;
  /** Name of the experiment at the server. */
  readonly experiment: string;
  readonly job: ModelJob;
  /** Names of its files. */
  readonly files: readonly string[];
  readonly read: (name: string) => Promise<Uint8Array>;
  readonly options: CallOptions;
}

/** Keeps a model at a server with its files, its run, its figures and its place in the registry; again changes nothing. */
export async function copyModel(request: CopyModelRequest): Promise<void> {
  const { client, experiments, job, options } = request;
  const experimentId = await experiments.id(request.experiment, options);
  const [run = null] = job.run === null ? [] : (await findRuns(client, experimentId, job.run, options)).filter(({ isDeleted }) => !isDeleted);
  const model = await client.findOrCreate(
    () => findModel(client, experimentId, job.key, options),
    () => createModel(client, { experimentId, name: modelName(job.name), type: job.type, runId: run?.id ?? null, params: pairs(job.params), tags: [...pairs(job.tags), { key: MODEL_TAG, value: job.key }] }, options),
    options,
  );
  if (!model.isReady) {
    await copyFiles(request, model, run);
    await readyModel(client, model.id, options);
  }
  if (run !== null) await tellRun(request, model, run);
  if (job.registered !== null) await register(request, { model, run, registered: job.registered });
}

/**
 * Gives a registered model an alias.
 * @throws ProviderError `NO_MODEL_VERSION` when the registry has no version of it
 */
export async function copyPromotion(client: MlflowClient, { registered, model, alias }: PromotionJob, options: CallOptions): Promise<void> {
  const version = await findVersion(client, registered, model, options);
  if (version === null) throw new ProviderError(`expected a version of "${registered}" in MLflow's registry to call "${alias}", found none`, { code: 'NO_MODEL_VERSION', fields: { registered, alias } });
  await setAlias(client, { name: registered, alias, version }, options);
}

async function copyFiles({ client, files, read, job, options }: CopyModelRequest, model: ServerModel, run: ServerRun | null): Promise<void> {
  const root = artifactRoot(model.artifactUri);
  for (const name of files) await putArtifact(client, root, { name, content: await read(name) }, options);
  await putArtifact(client, root, { name: 'MLmodel', content: descriptor(job, model, run) }, options);
}

/** The file by which MLflow's own tools know what a folder of files is; values are JSON, which YAML reads. */
function descriptor({ name, type, madeAt, key }: ModelJob, { id, artifactUri }: ServerModel, run: ServerRun | null): string {
  const lines = { artifact_path: artifactUri, flavors: { swinglab: { name, forecaster: type, hash: key } }, model_id: id, ...(run === null ? {} : { run_id: run.id }), utc_time_created: madeAt.replace('T', ' ').replace('Z', '') };
  return Object.entries(lines).map(([field, value]) => `${field}: ${JSON.stringify(value)}\n`).join('');
}

/** The run names the model, and what it shows of the model's figures becomes the model's too; its own points do not change. */
async function tellRun({ client, job, options }: CopyModelRequest, model: ServerModel, run: ServerRun): Promise<void> {
  if (!run.models.includes(model.id)) await linkModel(client, run.id, model.id, options);
  const points = Object.entries(job.figures).flatMap(([name, value]) => {
    const shown = run.shown.get(mlflowKey(name));
    return shown !== undefined && sameValue(shown.value, value ?? Number.NaN) ? [{ ...shown, model: model.id }] : [];
  });
  await logBatches(client, run.id, { points }, options);
}

async function register({ client, job, options }: CopyModelRequest, { model, run, registered }: { readonly model: ServerModel; readonly run: ServerRun | null; readonly registered: string }): Promise<void> {
  await registerName(client, registered, options);
  const version = await client.findOrCreate(
    () => findVersion(client, registered, job.key, options),
    () => createVersion(client, { name: registered, model: model.id, runId: run?.id ?? null, key: job.key }, options),
    options,
  );
  for (const alias of job.aliases) await setAlias(client, { name: registered, alias, version }, options);
}

/** Logged models have names of fewer signs than files. */
const modelName = (name: string): string => mlflowText(name).replace(/[/:.%"']/g, '-') || '-';

const pairs = (values: Readonly<Record<string, string>>): KeyValue[] => Object.entries(values).map(([key, value]) => ({ key: mlflowKey(key), value: mlflowText(value) }));
