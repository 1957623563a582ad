import { describeError } from '../../core/errors.js';
import { hashParts } from '../../core/hash.js';
import { requireArtifactName, requireExperimentName, requireKey } from '../check-names.js';
import { requireMetrics } from '../check-run.js';
import { Spool, type SpoolEntry } from '../spool/spool.js';
import { BackgroundDelivery } from './background-delivery.js';
import type { Delivered, DeliveryParts } from './delivery.js';
import { requireAlias, requireRegisteredName, type ModelToLog, type Promotion } from './model-to-log.js';

export interface MirrorOptions extends Omit<DeliveryParts, 'spool'> {
  /** Folder of what waits. */
  readonly spool: string;
  /** Longest wait at the end of a command (milliseconds). */
  readonly patienceMs: number;
  /** Told once of each kind of trouble. */
  readonly onProblem: (message: string) => void;
  /** Only notes what is to be sent; another thread sends it. */
  readonly onlyNotes?: boolean;
}

/**
 * Copies runs and models to an MLflow server, in the background and in order, by way of a spool on disk: work goes on where
 * the server does not, and a process that is killed leaves to the next what it had not sent.
 */
export class MlflowMirror {
  /** Address of the server, without login. */
  readonly server: string;
  readonly #spool: Spool;
  readonly #delivery: BackgroundDelivery;
  readonly #patienceMs: number;
  readonly #onlyNotes: boolean;

  constructor({ spool, patienceMs, onProblem, onlyNotes = false, ...parts }: MirrorOptions) {
    this.server = parts.client.server;
    this.#spool = new Spool(spool);
    this.#delivery = new BackgroundDelivery({ ...parts, spool: this.#spool }, onProblem);
    this.#patienceMs = patienceMs;
    this.#onlyNotes = onlyNotes;
  }

  /** What has not been sent, oldest first, runs that go on included. */
  waiting(): Promise<readonly SpoolEntry[]> {
    return this.#spool.entries();
  }

  /** Sends, in the background, what earlier processes had left and what other threads note. */
  watch(): void {
    if (!this.#onlyNotes) this.#delivery.watch();
  }

  /** Notes that a run is about to begin; `null`, and a word of it, where that cannot be written. */
  begin(experiment: string, id: string): Promise<SpoolEntry | null> {
    return this.#spool.add({ kind: 'run', experiment, id }).catch((error: unknown) => this.#failed(error));
  }

  /** Something of a run changed. */
  changed(): void {
    if (!this.#onlyNotes) this.#delivery.ask();
  }

  /** A run has ended. */
  async ended(entry: SpoolEntry): Promise<void> {
    await this.#spool.close(entry).catch((error: unknown) => this.#failed(error));
    this.changed();
  }

  /** A run did not begin after all. */
  async dropped(entry: SpoolEntry): Promise<void> {
    await this.#spool.remove(entry).catch((error: unknown) => this.#failed(error));
  }

  /** Has runs copied that were kept before; what is there already does not change. */
  async adopt(runs: readonly { readonly experiment: string; readonly id: string }[]): Promise<void> {
    for (const { experiment, id } of runs) await this.#spool.close(await this.#spool.add({ kind: 'run', experiment, id }));
  }

  /**
   * Has a trained model kept at the server with its files, as a logged model and, where it has a registered name, as a version
   * in the registry. The same model under the same name is kept once.
   * @returns the key by which it is promoted
   * @throws ConfigError, InvariantError for names that cannot be kept, and for secrets; DataError where it cannot be written
   */
  async logModel(model: ModelToLog): Promise<string> {
    const { experiment, name, type, run = null, files, params = {}, figures = {}, tags = {}, madeAt, registered = null, aliases = [] } = model;
    requireExperimentName(experiment);
    Object.keys(files).forEach(requireArtifactName);
    for (const key of [...Object.keys(params), ...Object.keys(tags)]) requireKey(key, 'parameter or tag');
    requireMetrics(figures, undefined);
    if (registered !== null) requireRegisteredName(registered);
    aliases.forEach(requireAlias);
    const key = hashParts([name, ...Object.keys(files).sort().flatMap((file) => [file, files[file]])]);
    await this.#spool.add({ kind: 'model', key, experiment, name, type, run, params, figures, tags, madeAt, registered, aliases }, files);
    this.changed();
    return key;
  }

  /** Gives a registered model an alias, e.g. `champion`, which another may have had; errors as of `logModel`. */
  async promote({ registered, model, alias }: Promotion): Promise<void> {
    requireRegisteredName(registered);
    requireAlias(alias);
    await this.#spool.add({ kind: 'promotion', registered, model, alias });
    this.changed();
  }

  /** Waits for the server, but not long; what it has not taken by then is sent at the next contact. */
  async settle(): Promise<void> {
    if (!this.#onlyNotes) await this.#delivery.settle(this.#patienceMs);
  }

  /** Sends everything now, also what the server did not take before; errors as of `BackgroundDelivery.now`. */
  sync(options: { readonly signal?: AbortSignal } = {}): Promise<Delivered> {
    return this.#delivery.now({ patienceMs: this.#patienceMs, ...options });
  }

  #failed(error: unknown): null {
    this.#delivery.tell('SPOOL', `${describeError(error)}; the run is kept in the local files`);
    return null;
  }
}
