import { VERSION } from '../../core/version.js';
import type { RunRecord } from '../tracker.js';
import { mlflowKey, mlflowText } from './mlflow-names.js';
import { RUN_TAG, type KeyValue, type ServerDataset } from './server-runs.js';

/** Longest values that MLflow keeps, in characters; what is longer it cuts without a word. */
const LONGEST_PARAM = 6000;
const LONGEST_TAG = 8000;
/** Longest digest that MLflow takes. */
const LONGEST_DIGEST = 36;
const LONGEST_DATASET = 500;
/** Room for the words that say where the whole value is. */
const NOTE_ROOM = 200;

/** What is said of a run besides its figures, in MLflow's terms. */
export interface RunDescription {
  readonly tags: readonly KeyValue[];
  readonly params: readonly KeyValue[];
  readonly datasets: readonly ServerDataset[];
  /** Files that hold what MLflow would cut or rename, by name. */
  readonly files: Readonly<Record<string, string>>;
}

/** What is said of a run from its beginning on; its end adds tags of its own. */
export function describeRun(record: RunRecord): RunDescription {
  const { id, params, seed, data, code, tags = {} } = record;
  const whole = { params: new Map<string, string>(), tags: new Map<string, string>(), names: new Map<string, string>() };
  const keep = (kind: 'params' | 'tags', name: string, value: string, longest: number): KeyValue => {
    const key = mlflowKey(name);
    if (key !== name) whole.names.set(key, name);
    const text = mlflowText(value);
    if (characters(text) <= longest && text === value) return { key, value: text };
    whole[kind].set(name, value);
    return { key, value: characters(text) <= longest ? text : cut(text, { longest, file: `swinglab/${kind}.json` }) };
  };
  const seedName = Object.hasOwn(params, 'seed') ? 'swinglab.seed' : 'seed';
  const keptParams = [...Object.entries(params).map(([name, value]) => keep('params', name, String(value), LONGEST_PARAM)), { key: seedName, value: String(seed) }];
  const own = { [RUN_TAG]: id, 'swinglab.code': code, 'swinglab.version': VERSION };
  const given = Object.entries({ 'mlflow.source.name': 'swinglab', 'mlflow.source.type': 'LOCAL', ...tags }).filter(([name]) => !Object.hasOwn(own, name)).map(([name, value]) => keep('tags', name, value, LONGEST_TAG));
  for (const name of Object.keys(record.metrics)) if (mlflowKey(name) !== name) whole.names.set(mlflowKey(name), name);
  return {
    params: keptParams,
    tags: [...given, ...Object.entries(own).map(([key, value]) => ({ key, value: cut(mlflowText(value), { longest: LONGEST_TAG, file: 'the run' }) }))],
    datasets: Object.entries(data).map(([name, hash]) => dataset(name, hash)),
    files: Object.fromEntries(Object.entries(whole).filter(([, values]) => values.size > 0).map(([kind, values]) => [`swinglab/${kind}.json`, `${JSON.stringify(Object.fromEntries(values), null, 2)}\n`])),
  };
}

/** The reason of a run's end as a tag, cut where MLflow would cut it; empty: there is none any more. */
export function reasonTag(reason: string | undefined): KeyValue {
  return { key: 'swinglab.reason', value: cut(mlflowText(reason ?? ''), { longest: LONGEST_TAG, file: 'run.json of the local files' }) };
}

/** MLflow has room for the beginning of a hash; the whole of it is in the source. */
function dataset(name: string, hash: string): ServerDataset {
  const digest = mlflowText(hash).slice(0, LONGEST_DIGEST);
  return { name: mlflowText(name).slice(0, LONGEST_DATASET), digest: digest === '' ? '-' : digest, source: JSON.stringify({ uri: `swinglab:${name}`, hash }) };
}

function cut(text: string, { longest, file }: { readonly longest: number; readonly file: string }): string {
  if (characters(text) <= longest) return text;
  return `${[...text].slice(0, longest - NOTE_ROOM).join('')}… (${characters(text)} characters, the whole in ${file})`;
}

/** Characters as MLflow counts them, whatever their number of code units. */
const characters = (text: string): number => (text.length <= LONGEST_PARAM ? text.length : [...text].length);
