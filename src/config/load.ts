import { join, resolve } from 'node:path';

import { hashJson } from '../core/hash.js';
import { configError, schemaIssues, type ConfigIssue } from './errors.js';
import { findConfigFile, readConfigText, rootOf, shownPath } from './find-file.js';
import { isMap, mergeLayers, pathKey, type LayerKind, type Merged, type Place } from './layer.js';
import { readOverride } from './overrides.js';
import { qualityIssues } from './quality-rules.js';
import { configSchema, type Config } from './schema.js';
import { readYamlLayer, type ReadLayer } from './yaml-layer.js';

export interface LoadOptions {
  /** Named with `--config`; relative to `cwd`. `null`: no file, all defaults. */
  readonly file?: string | null | undefined;
  readonly cwd: string;
  /** Each `a.b=c`; later ones win. */
  readonly overrides?: readonly string[];
  /** Overlay of the same schema; relative to `cwd`. */
  readonly experiment?: string | undefined;
}

export interface LoadedConfig {
  readonly config: Config;
  /** The file in force, absolute; `null` when all is defaults. */
  readonly file: string | null;
  /** Absolute folder that relative paths of the configuration belong to. */
  readonly root: string;
  /** SHA-256 of the settings without `paths` and `tracking`, so that the same settings in another folder are the same. */
  readonly hash: string;
  readonly paths: { readonly store: string; readonly runs: string; readonly models: string };
  /** Where the value of a setting came from. */
  readonly originOf: (path: readonly string[]) => { readonly kind: 'default' | LayerKind; readonly where: string };
  /** Where the key or the value at a path was written, or the nearest map around it; empty for defaults. */
  readonly placeOf: (path: readonly string[], part: keyof Place) => string;
}

/**
 * The configuration in force: defaults, the file, the experiment's overlay, then `--set`, checked against one schema.
 *
 * Without any file the root is the folder `.swing` in `cwd`. The result is frozen.
 * @throws ConfigError `BAD_CONFIG` with every problem in `fields.issues`
 */
export async function loadConfig(options: LoadOptions): Promise<LoadedConfig> {
  const { cwd } = options;
  const file = options.file === null ? null : await findConfigFile(cwd, options.file);
  const root = file === null ? join(resolve(cwd), '.swing') : rootOf(file);
  const read: ReadLayer[] = [];
  if (file !== null) read.push(await readFileLayer('file', file, cwd));
  if (options.experiment !== undefined) read.push(await readFileLayer('experiment', resolve(cwd, options.experiment), cwd));
  for (const override of options.overrides ?? []) read.push(readOverride(override));

  const merged = mergeLayers(read.map(({ layer }) => layer));
  const config = deepFreeze(check(merged, read.flatMap(({ issues }) => issues)));
  const { paths, tracking: _, ...settings } = config; // neither changes a result
  return Object.freeze({
    config,
    file,
    root,
    hash: hashJson(settings),
    paths: Object.freeze({ store: resolve(root, paths.store), runs: resolve(root, paths.runs), models: resolve(root, paths.models) }),
    originOf: (path: readonly string[]) => originOf(merged, path),
    placeOf: (path: readonly string[], part: keyof Place) => nearestPlace(merged, path, part),
  });
}

async function readFileLayer(kind: 'file' | 'experiment', path: string, cwd: string): Promise<ReadLayer> {
  const label = shownPath(path, cwd);
  const text = await readConfigText(path, label);
  return readYamlLayer({ kind, text, placeOf: (line, column) => `${label}:${line}:${column}` });
}

/** Applies the schema, then what it cannot know; all problems of all layers are told at once. */
function check(merged: Merged, found: readonly ConfigIssue[]): Config {
  const placeOf = (path: readonly PropertyKey[], part: keyof Place): string => nearestPlace(merged, path, part);
  const parsed = configSchema.safeParse(merged.value);
  const issues = [...found];
  const { data } = merged.value;
  const quality = isMap(data) ? data['quality'] : undefined;
  if (isMap(quality)) issues.push(...qualityIssues(quality, placeOf));
  if (!parsed.success) issues.push(...schemaIssues(parsed.error, merged.value, placeOf).filter(({ path }) => issues.every((known) => known.path === '' || known.path !== path)));
  if (!parsed.success || issues.length > 0) throw configError(issues);
  return parsed.data;
}

/** Where a path was written, or the nearest map around it: a missing key has no place of its own. */
function nearestPlace({ origins }: Merged, path: readonly PropertyKey[], part: keyof Place): string {
  for (let length = path.length; length > 0; length--) {
    const origin = origins.get(pathKey(path.slice(0, length)));
    if (origin) return length === path.length ? origin[part] : origin.key;
  }
  return '';
}

function originOf({ origins }: Merged, path: readonly string[]): { readonly kind: 'default' | LayerKind; readonly where: string } {
  const own = origins.get(pathKey(path));
  return own ? { kind: own.kind, where: own.value } : { kind: 'default', where: '' };
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
