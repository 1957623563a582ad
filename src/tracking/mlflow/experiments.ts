import { ProviderError } from '../../core/errors.js';
import type { CallOptions, MlflowClient } from './client.js';
import { isRefusal } from './failures.js';
import { objectOf, textOf, type Fields } from './json-answer.js';

/** Experiments of a server by name, made where they are missing; each is asked for once. */
export class Experiments {
  readonly #client: MlflowClient;
  readonly #ids = new Map<string, string>();

  constructor(client: MlflowClient) {
    this.#client = client;
  }

  /**
   * The id of an experiment. Of processes that want to make the same one, all get the one that was made.
   * @throws ProviderError `MLFLOW_DELETED` when somebody threw it away
   */
  async id(name: string, options: CallOptions): Promise<string> {
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const id = (await this.#find(name, options)) ?? (await this.#create(name, options));
    this.#ids.set(name, id);
    return id;
  }

  async #find(name: string, options: CallOptions): Promise<string | null> {
    const answer = await this.#client.get('experiments/get-by-name', { experiment_name: name }, options).catch((error: unknown) => {
      if (isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) return null;
      throw error;
    });
    return answer === null ? null : idOf(objectOf(answer, 'experiment'), name);
  }

  async #create(name: string, options: CallOptions): Promise<string> {
    try {
      return textOf(await this.#client.post('experiments/create', { name, tags: [{ key: 'swinglab', value: 'true' }] }, options), 'experiment_id');
    } catch (error) {
      if (!isRefusal(error, 'RESOURCE_ALREADY_EXISTS')) throw error;
      const found = await this.#find(name, options); // somebody was first
      if (found === null) throw error;
      return found;
    }
  }
}

function idOf(experiment: Fields, name: string): string {
  if (experiment['lifecycle_stage'] === 'deleted') throw new ProviderError(`expected the experiment "${name}" at MLflow, found it deleted`, { code: 'MLFLOW_DELETED', fields: { hint: `restore it: mlflow experiments restore --experiment-id ${textOf(experiment, 'experiment_id')}` } });
  return textOf(experiment, 'experiment_id');
}
