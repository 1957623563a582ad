import { matches } from './filter.js';
import { absent, cut, exists, invalid, Refusal, requireKey } from './refusal.js';

export type Json = Record<string, any>;

export interface Point {
  readonly key: string;
  readonly value: number | 'NaN';
  readonly timestamp: number;
  readonly step: number;
}

export interface Run {
  readonly id: string;
  readonly experiment: string;
  readonly startedAt: number;
  name: string;
  status: string;
  endedAt: number | null;
  isDeleted: boolean;
  readonly tags: Map<string, string>;
  readonly params: Map<string, string>;
  readonly points: Map<string, Point>;
  readonly datasets: Map<string, Json>;
  readonly models: Map<string, number>;
}

export interface ModelPoint extends Point {
  readonly model: string;
  readonly run: string;
  readonly dataset: Json;
}

const LONGEST_PARAM = 6000;
const LONGEST_TAG = 8000;
const STATUSES = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'];
const TIME = 0;

/** Experiments and runs of a server, as MLflow 3.17.2 keeps them. */
export class FakeRuns {
  readonly experiments = new Map<string, { readonly id: string; readonly name: string; readonly tags: Map<string, string>; isDeleted: boolean }>();
  readonly runs = new Map<string, Run>();
  readonly modelPoints: ModelPoint[] = [];

  createExperiment({ name, tags = [] }: Json): Json {
    if ([...String(name)].length > 500) throw invalid("'name' exceeds the maximum length of 500 characters");
    if ([...this.experiments.values()].some((one) => one.name === name)) throw exists(`Experiment(name=${name}) already exists.`);
    const id = String(this.experiments.size + 1);
    this.experiments.set(id, { id, name, tags: keyed(tags), isDeleted: false });
    return { experiment_id: id };
  }

  experimentByName({ experiment_name: name }: Json): Json {
    const found = [...this.experiments.values()].find((one) => one.name === name);
    if (!found) throw absent(`Could not find experiment with name '${name}'`);
    const { id, tags, isDeleted } = found;
    return { experiment: { experiment_id: id, name, artifact_location: `mlflow-artifacts:/${id}`, lifecycle_stage: isDeleted ? 'deleted' : 'active', last_update_time: TIME, creation_time: TIME, ...some('tags', pairs(tags)), workspace: 'default' } };
  }

  deleteExperiment({ experiment_id: id }: Json): Json {
    this.experiments.get(id)!.isDeleted = true;
    for (const run of this.runs.values()) if (run.experiment === id) run.isDeleted = true;
    return {};
  }

  createRun({ experiment_id: experiment, start_time: startedAt, run_name: name, tags = [] }: Json): Json {
    const place = this.experiments.get(experiment);
    if (!place) throw absent(`No Experiment with id=${experiment} exists`);
    if (place.isDeleted) throw invalid(`The experiment ${experiment} must be in the 'active' state. Current state is deleted.`);
    const id = (this.runs.size + 1).toString(16).padStart(32, '0');
    const run: Run = { id, experiment, name, startedAt, status: 'RUNNING', endedAt: null, isDeleted: false, tags: keyed([...tags, { key: 'mlflow.runName', value: name }]), params: new Map(), points: new Map(), datasets: new Map(), models: new Map() };
    this.runs.set(id, run);
    const { info, data, inputs } = runAnswer(run, this.shown(run));
    return { run: { info, data, inputs } };
  }

  /** A batch is taken whole or not at all, except for what stands behind something that cannot be read: that is lost. */
  logBatch(body: Json): Json {
    const { run_id: id, metrics = [], params = [], tags = [] } = readable(body);
    const count = { metrics: metrics.length, params: params.length, tags: tags.length };
    const most = { metrics: 1000, params: 100, tags: 100 };
    for (const kind of ['metrics', 'params', 'tags'] as const) if (count[kind] > most[kind]) throw invalid(`A batch logging request can contain at most ${most[kind]} ${kind}. Got ${count[kind]} ${kind}. Please split up ${kind} across multiple requests and try again.`);
    const total = count.metrics + count.params + count.tags;
    if (total > 1000) throw invalid(`A batch logging request can contain at most 1000 metrics, params, and tags. Got ${total} metrics, params, and tags. Please split up metrics, params, and tags across multiple requests and try again.`);
    metrics.forEach((metric: Json, at: number) => {
      if (metric['value'] === null || metric['value'] === undefined) throw invalid(`Missing value for required parameter 'metrics[${at}].value'. See the API docs for more information about request parameters.`);
      requireKey(metric['key'], `metrics[${at}].name`, 'Metric name');
    });
    params.forEach(({ key }: Json, at: number) => requireKey(key, `params[${at}].key`, 'Param key'));
    tags.forEach(({ key }: Json, at: number) => requireKey(key, `tags[${at}].key`, `tags[${at}].key`));
    const run = this.active(id);
    const keys = params.map(({ key }: Json) => key);
    if (new Set(keys).size < keys.length) throw invalid(`Duplicate parameter keys have been submitted: ['${keys[0]}']. Please ensure the request contains only one param value per param key.`);
    for (const { key, value } of params) {
      const [before, now] = [run.params.get(key), cut(value, LONGEST_PARAM)];
      if (before !== undefined && before !== now) throw invalid(`Changing param values is not allowed. Params were already logged='[{'key': '${key}', 'old_value': '${before}', 'new_value': '${now}'}]' for run ID='${id}'.`);
    }
    for (const { key, value } of params) run.params.set(key, cut(value, LONGEST_PARAM));
    for (const { key, value } of tags) run.tags.set(key, cut(value, LONGEST_TAG));
    for (const metric of metrics) this.#addPoint(run, metric);
    return {};
  }

  setTag({ run_id: id, key, value }: Json): Json {
    this.active(id).tags.set(key, cut(value, LONGEST_TAG));
    return {};
  }

  logInputs({ run_id: id, datasets }: Json): Json {
    const run = this.active(id);
    for (const { dataset } of datasets) {
      if ([...dataset.digest].length > 36) throw invalid("'digest' exceeds the maximum length of 36 characters");
      if ([...dataset.name].length > 500) throw invalid("'name' exceeds the maximum length of 500 characters");
    }
    for (const one of datasets) run.datasets.set(`${one.dataset.name} ${one.dataset.digest}`, one);
    return {};
  }

  logOutputs({ run_id: id, models }: Json): Json {
    const run = this.active(id);
    for (const { model_id: model } of models) if (run.models.has(model)) throw new Refusal(400, 'BAD_REQUEST', '(sqlite3.IntegrityError) UNIQUE constraint failed: inputs.source_type', 'INVALID_PARAMETER_VALUE');
    for (const { model_id: model, step } of models) run.models.set(model, step);
    return {};
  }

  updateRun({ run_id: id, status, end_time: endedAt, run_name: name }: Json): Json {
    const run = this.active(id);
    if (STATUSES.includes(status)) run.status = status;
    if (endedAt !== undefined) run.endedAt = endedAt;
    if (name !== undefined) {
      run.name = name;
      run.tags.set('mlflow.runName', name);
    }
    return { run_info: runAnswer(run, []).info };
  }

  deleteRun({ run_id: id }: Json): Json {
    this.run(id).isDeleted = true;
    return {};
  }

  getRun({ run_id: id }: Json): Json {
    const run = this.run(id);
    return { run: runAnswer(run, this.shown(run)) };
  }

  searchRuns({ experiment_ids: experiments, filter = '', run_view_type: view = 'ACTIVE_ONLY', max_results: most = 1000 }: Json): Json {
    const found = [...this.runs.values()].filter((run) => experiments.includes(run.experiment) && (view === 'ALL' || !run.isDeleted) && !(this.experiments.get(run.experiment)!.isDeleted && view !== 'ALL'));
    const figures = (run: Run): Map<string, number> => new Map(this.shown(run).map(({ key, value }) => [key, Number(value)]));
    const runs = found.filter((run) => matches(filter, { metrics: figures(run), params: run.params, tags: run.tags, attributes: new Map([['status', run.status], ['run_id', run.id]]) }));
    return some('runs', runs.reverse().slice(0, most).map((run) => runAnswer(run, this.shown(run))));
  }

  figureHistory({ run_id: id, metric_key: key }: Json): Json {
    const points = [...this.run(id).points.values()].filter((point) => point.key === key);
    return some('metrics', points.sort((a, b) => a.timestamp - b.timestamp || a.step - b.step || Number(a.value) - Number(b.value)));
  }

  /** The point that is shown of each figure. */
  shown(run: Run): Point[] {
    const latest = new Map<string, Point>();
    for (const point of run.points.values()) {
      const best = latest.get(point.key);
      if (best === undefined || isLater(point, best)) latest.set(point.key, point);
    }
    return [...latest.values()];
  }

  run(id: string): Run {
    const run = this.runs.get(id);
    if (!run) throw absent(`Run with id=${id} not found`);
    return run;
  }

  active(id: string): Run {
    const run = this.run(id);
    if (run.isDeleted) throw invalid(`The run ${id} must be in the 'active' state. Current state is deleted.`);
    return run;
  }

  #addPoint(run: Run, { key, value, timestamp, step = 0, model_id: model, dataset_name: name, dataset_digest: digest }: Json): void {
    const kept = value === 'NaN' ? 'NaN' : value === 'Infinity' ? Number.MAX_VALUE : value === '-Infinity' ? -Number.MAX_VALUE : Number(value) + 0;
    const point: Point = { key, value: kept, timestamp, step };
    run.points.set(JSON.stringify([key, kept, timestamp, step]), point); // the same again is the same
    if (model === undefined) return;
    const dataset = name === undefined ? {} : { dataset_name: name, dataset_digest: digest };
    if (this.modelPoints.some((one) => one.model === model && one.run === run.id && JSON.stringify([one.key, one.value, one.timestamp, one.step]) === JSON.stringify([key, kept, timestamp, step]))) return;
    this.modelPoints.push({ ...point, model, run: run.id, dataset });
  }
}

/** By step, then time, then value; a figure that is no number counts as zero there. */
function isLater(one: Point, other: Point): boolean {
  const weight = ({ value }: Point): number => (value === 'NaN' ? 0 : value);
  return one.step !== other.step ? one.step > other.step : one.timestamp !== other.timestamp ? one.timestamp > other.timestamp : weight(one) > weight(other);
}

/** What is read of a batch: from the first thing on that MLflow's reader does not understand, nothing. */
function readable(body: Json): Json {
  const read: Json = {};
  for (const [field, value] of Object.entries(body)) {
    if (!Array.isArray(value)) {
      read[field] = value;
      continue;
    }
    read[field] = [];
    for (const item of value as Json[]) {
      if (typeof item['timestamp'] === 'number' && !Number.isInteger(item['timestamp'])) {
        read[field].push({ key: item['key'], value: item['value'], timestamp: 0, step: 0 });
        return read;
      }
      if (typeof item['value'] === 'string' && /\p{Surrogate}/u.test(item['value'])) {
        read[field].push({ key: item['key'], value: '' });
        return read;
      }
      read[field].push(item);
    }
  }
  return read;
}

function runAnswer(run: Run, shown: readonly Point[]): Json {
  const { id, experiment, name, status, startedAt, endedAt, isDeleted, params, tags, datasets, models } = run;
  const info = { run_uuid: id, experiment_id: experiment, run_name: name, user_id: '', status, start_time: startedAt, ...(endedAt === null ? {} : { end_time: endedAt }), artifact_uri: `mlflow-artifacts:/${experiment}/${id}/artifacts`, lifecycle_stage: isDeleted ? 'deleted' : 'active', run_id: id };
  return {
    info,
    data: { ...some('metrics', [...shown]), ...some('params', pairs(params)), ...some('tags', pairs(tags)) },
    inputs: some('dataset_inputs', [...datasets.values()]),
    outputs: some('model_outputs', [...models].map(([model_id, step]) => ({ model_id, step }))),
  };
}

/** Empty lists are left out. */
export const some = (key: string, list: unknown[]): Json => (list.length === 0 ? {} : { [key]: list });
export const keyed = (list: Json[]): Map<string, string> => new Map(list.map(({ key, value }) => [key, value]));
export const pairs = (map: ReadonlyMap<string, string>): Json[] => [...map].map(([key, value]) => ({ key, value }));
