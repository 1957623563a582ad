import { ConfigError } from '../../core/errors.js';

/** A trained model that a server is to keep. */
export interface ModelToLog {
  /** Runs among which it stands. */
  readonly experiment: string;
  readonly name: string;
  /** Kind of model, e.g. `lightgbm`. */
  readonly type: string;
  /** Id of the run that it came from. */
  readonly run?: string;
  /** By name; relative paths without `..`. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly params?: Readonly<Record<string, string>>;
  /** How it did; `null` is undefined. MLflow keeps figures of a model as those of a run: what its run does not show is left out. */
  readonly figures?: Readonly<Record<string, number | null>>;
  readonly tags?: Readonly<Record<string, string>>;
  /** ISO time. */
  readonly madeAt: string;
  /** Name in the registry, of which it becomes a version. */
  readonly registered?: string;
  /** Names of that version, e.g. `champion`; each belongs to one version at a time. */
  readonly aliases?: readonly string[];
}

export interface Promotion {
  /** Name in the registry. */
  readonly registered: string;
  /** What `logModel` returned. */
  readonly model: string;
  readonly alias: string;
}

const REGISTERED = /^[A-Za-z\d][A-Za-z\d._ -]*$/;
const ALIAS = /^[A-Za-z][A-Za-z\d_-]*$/;
/** Names that MLflow keeps for itself. */
const RESERVED_ALIAS = /^(?:latest|v\d+)$/i;
const LONGEST_NAME = 200;

/** @throws ConfigError `BAD_MODEL_NAME` */
export function requireRegisteredName(name: string): void {
  if (name.length <= LONGEST_NAME && REGISTERED.test(name)) return;
  throw new ConfigError(`expected a name for MLflow's registry of letters, digits, ".", "_", "-" and spaces, at most ${LONGEST_NAME} long, found ${JSON.stringify(name)}`, { code: 'BAD_MODEL_NAME', fields: { name } });
}

/** @throws ConfigError `BAD_ALIAS` */
export function requireAlias(alias: string): void {
  if (alias.length <= LONGEST_NAME && ALIAS.test(alias) && !RESERVED_ALIAS.test(alias)) return;
  throw new ConfigError(`expected an alias of letters, digits, "_" and "-" that begins with a letter and is neither "latest" nor like "v1", found ${JSON.stringify(alias)}`, { code: 'BAD_ALIAS', fields: { alias } });
}
