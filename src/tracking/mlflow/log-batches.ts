import type { CallOptions, MlflowClient } from './client.js';
import type { FigurePoint } from './figure-points.js';
import type { KeyValue } from './server-runs.js';

/** A point that is also one of a logged model. */
export interface LoggedPoint extends FigurePoint {
  readonly model?: string;
}

export interface BatchContent {
  readonly params?: readonly KeyValue[];
  readonly tags?: readonly KeyValue[];
  readonly points?: readonly LoggedPoint[];
}

interface Batch {
  params: KeyValue[];
  tags: KeyValue[];
  points: LoggedPoint[];
}

/** What MLflow takes at once; the size is that of earlier versions, which later ones do not hold to. */
const MOST = { params: 100, tags: 100, points: 1000, together: 1000, characters: 900_000 };

/** The content in as few requests as MLflow's limits allow, in its order: parameters and tags before points. */
export function batches({ params = [], tags = [], points = [] }: BatchContent): Batch[] {
  const all: Batch[] = [];
  let size = 0;
  const place = <Kind extends keyof Batch>(kind: Kind, item: Batch[Kind][number], weight: number): void => {
    const last = all.at(-1);
    const fits = last !== undefined && last[kind].length < MOST[kind] && last.params.length + last.tags.length + last.points.length < MOST.together && size + weight <= MOST.characters;
    const batch = fits ? last : { params: [], tags: [], points: [] };
    if (!fits) {
      all.push(batch);
      size = 0;
    }
    (batch[kind] as Batch[Kind][number][]).push(item);
    size += weight;
  };
  for (const param of params) place('params', param, param.key.length + param.value.length);
  for (const tag of tags) place('tags', tag, tag.key.length + tag.value.length);
  for (const point of points) place('points', point, point.key.length);
  return all;
}

/**
 * Logs parameters, tags and points of a run, in batches.
 * @param onLogged told how many points are there, after each batch
 */
export async function logBatches(client: MlflowClient, runId: string, content: BatchContent, { onLogged, ...options }: CallOptions & { readonly onLogged?: (points: number) => Promise<void> }): Promise<void> {
  let logged = 0;
  for (const { params, tags, points } of batches(content)) {
    await client.post('runs/log-batch', { run_id: runId, params, tags, metrics: points.map(metricOf) }, options);
    logged += points.length;
    if (points.length > 0) await onLogged?.(logged);
  }
}

/** MLflow wants what is no number as text. */
function metricOf({ key, value, timestamp, step, model }: LoggedPoint): object {
  return { key, value: Number.isFinite(value) ? value : Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity', timestamp, step, ...(model === undefined ? {} : { model_id: model }) };
}
