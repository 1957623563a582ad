import { matches } from './filter.js';
import { absent, exists, invalid } from './refusal.js';
import { keyed, pairs, some, type FakeRuns, type Json } from './runs.js';

interface Model {
  readonly id: string;
  readonly experiment: string;
  readonly name: string;
  readonly type: string;
  readonly run: string;
  readonly params: Json[];
  readonly tags: Map<string, string>;
  status: string;
}

interface Version {
  readonly version: string;
  readonly source: string;
  readonly run: string;
  readonly model: string | null;
  readonly tags: Map<string, string>;
}

interface Registered {
  readonly name: string;
  readonly tags: Map<string, string>;
  readonly versions: Version[];
  readonly aliases: Map<string, string>;
  description: string | null;
}

const TIME = 0;

/** Logged models and the registry of a server, as MLflow 3.17.2 keeps them. */
export class FakeModels {
  readonly models = new Map<string, Model>();
  readonly registered = new Map<string, Registered>();
  readonly #runs: FakeRuns;

  constructor(runs: FakeRuns) {
    this.#runs = runs;
  }

  create({ experiment_id: experiment, name, model_type: type = '', source_run_id: run = '', params = [], tags = [] }: Json): Json {
    if (typeof name !== 'string' || name === '' || /[/:.%"']/.test(name)) throw invalid(`Invalid model name ('${name}') provided. Model name must be a non-empty string and cannot contain the following characters: ('/', ':', '.', '%', '"', "'")`);
    const id = `m-${(this.models.size + 1).toString(16).padStart(32, 'f')}`; // holds no run's id
    this.models.set(id, { id, experiment, name, type, run, params, tags: keyed(tags), status: 'LOGGED_MODEL_PENDING' });
    return { model: this.#answer(this.models.get(id)!) };
  }

  finalize(id: string, { status }: Json): Json {
    this.#model(id).status = status;
    return this.get(id);
  }

  get(id: string): Json {
    return { model: this.#answer(this.#model(id)) };
  }

  search({ experiment_ids: experiments, filter = '', max_results: most = 100 }: Json): Json {
    const found = [...this.models.values()].filter(({ experiment, tags, params }) => experiments.includes(experiment) && matches(filter, { tags, params: keyed(params), metrics: new Map(), attributes: new Map() }));
    return some('models', found.reverse().slice(0, most).map((model) => this.#answer(model)));
  }

  register({ name, tags = [], description = null }: Json): Json {
    if (/[/:]/.test(name)) throw invalid(`Invalid model name '${name}'. Names cannot contain '/' or ':'.`);
    if (this.registered.has(name)) throw exists(`Registered Model (name=${name}) already exists.`);
    this.registered.set(name, { name, tags: keyed(tags), versions: [], aliases: new Map(), description });
    return { registered_model: this.#registeredAnswer(name) };
  }

  update({ name, description }: Json): Json {
    this.#named(name).description = description;
    return { registered_model: this.#registeredAnswer(name) };
  }

  createVersion({ name, source, run_id: run = '', model_id: model = null, tags = [] }: Json): Json {
    if (!/^(models|mlflow-artifacts):\//.test(source)) throw invalid(`Invalid model version source: '${source}'. To use a local path as a model version source, the run_id request parameter has to be specified and the local path has to be contained within the artifact directory of the run specified by the run_id.`);
    const registered = this.#named(name);
    const version: Version = { version: String(registered.versions.length + 1), source, run, model, tags: keyed(tags) };
    registered.versions.push(version);
    if (model !== null) this.#tellModel(this.#model(model), name, version);
    return { model_version: this.#versionAnswer(registered, version) };
  }

  tagVersion({ name, version, key, value }: Json): Json {
    this.#version(name, version).tags.set(key, value);
    return {};
  }

  searchVersions({ filter = '' }: Json): Json {
    const all = [...this.registered.values()].flatMap((registered) => registered.versions.map((version) => ({ registered, version })));
    const found = all.filter(({ registered: { name }, version: { tags } }) => matches(filter, { tags, params: new Map(), metrics: new Map(), attributes: new Map([['name', name]]) }));
    return some('model_versions', found.reverse().map(({ registered, version }) => this.#versionAnswer(registered, version, false)));
  }

  setAlias({ name, alias, version }: Json): Json {
    if (/^v\d+$/i.test(alias)) throw invalid(`Version alias name '${alias}' is reserved.`);
    if (/^latest$/i.test(alias)) throw invalid(`'${alias}' alias name (case insensitive) is reserved.`);
    this.#version(name, version);
    this.#named(name).aliases.set(alias, version);
    return {};
  }

  byAlias({ name, alias }: Json): Json {
    const version = this.#named(name).aliases.get(alias);
    if (version === undefined) throw invalid(`Registered model alias ${alias} not found.`);
    return { model_version: this.#versionAnswer(this.#named(name), this.#version(name, version)) };
  }

  #tellModel({ tags }: Model, name: string, { version }: Version): void {
    const known = JSON.parse(tags.get('mlflow.modelVersions') ?? '[]') as Json[];
    tags.set('mlflow.modelVersions', `[${[...known, { name, version: Number(version) }].map((one) => `{"name": "${one['name']}", "version": ${one['version']}}`).join(', ')}]`);
  }

  #model(id: string): Model {
    const model = this.models.get(id);
    if (!model) throw absent(`Logged model with ID '${id}' not found.`);
    return model;
  }

  #named(name: string): Registered {
    const registered = this.registered.get(name);
    if (!registered) throw absent(`Registered Model with name=${name} not found`);
    return registered;
  }

  #version(name: string, version: string): Version {
    const found = this.#named(name).versions.find((one) => one.version === version);
    if (!found) throw absent(`Model Version (name=${name}, version=${version}) not found`);
    return found;
  }

  #answer({ id, experiment, name, type, run, params, tags, status }: Model): Json {
    const points = this.#runs.modelPoints.filter(({ model }) => model === id).map(({ model, run: of, dataset, ...point }) => ({ ...point, ...dataset, model_id: model, run_id: of }));
    const info = { model_id: id, experiment_id: experiment, name, creation_timestamp_ms: TIME, last_updated_timestamp_ms: TIME, artifact_uri: `mlflow-artifacts:/${experiment}/models/${id}/artifacts`, status, model_type: type, source_run_id: run, ...some('tags', pairs(tags)) };
    return { info, data: { ...some('params', params), ...some('metrics', points) } };
  }

  #registeredAnswer(name: string): Json {
    const { tags, versions, aliases, description } = this.#named(name);
    const latest = versions.at(-1);
    return { name, creation_timestamp: TIME, last_updated_timestamp: TIME, ...(description === null ? {} : { description }), ...(latest === undefined ? {} : { latest_versions: [this.#versionAnswer(this.#named(name), latest)] }), ...some('tags', pairs(tags)), ...some('aliases', [...aliases].map(([alias, version]) => ({ alias, version }))) };
  }

  #versionAnswer({ name, aliases }: Registered, { version, source, run, tags }: Version, withAliases = true): Json {
    const own = [...aliases].filter(([, of]) => of === version).map(([alias]) => alias);
    return { name, version, creation_timestamp: TIME, last_updated_timestamp: TIME, current_stage: 'None', description: '', source, run_id: run, status: 'READY', ...some('tags', pairs(tags)), run_link: '', ...(withAliases ? some('aliases', own) : {}) };
  }
}
