import { ConfigError } from '../core/errors.js';
import { nearest } from '../core/suggest.js';
import { FEATURE_FAMILIES, type Feature } from './feature.js';

/** Names of features, families or other sets. */
export type FeatureSets = Readonly<Record<string, readonly string[]>>;

/** Sets that are always there: `all`, `core` (all but Alpha158) and each family under its name. */
export function builtInSets(features: readonly Feature[]): FeatureSets {
  const names = (keep: (feature: Feature) => boolean): string[] => features.filter(keep).map(({ name }) => name);
  return {
    all: names(() => true),
    core: names(({ family }) => family !== 'alpha158'),
    ...Object.fromEntries(FEATURE_FAMILIES.map((family) => [family, names((feature) => feature.family === family)])),
  };
}

/**
 * The features that names of features, families and sets stand for, each once, in the order of the registry.
 * @throws ConfigError naming the nearest names for one that is unknown, or the sets that contain each other
 */
export function resolveFeatures(wanted: readonly string[], features: readonly Feature[], sets: FeatureSets = {}): Feature[] {
  const known = new Set(features.map(({ name }) => name));
  const all: FeatureSets = { ...sets, ...builtInSets(features) };
  const found = new Set<string>();
  const expand = (name: string, within: readonly string[]): void => {
    if (within.includes(name)) throw new ConfigError(`expected sets of features that do not contain each other, found ${[...within, name].join(' → ')}`, { code: 'CIRCULAR_SET', fields: { name } });
    if (known.has(name)) found.add(name);
    else if (Object.hasOwn(all, name)) for (const part of all[name]) expand(part, [...within, name]);
    else throw unknownName(name, [...known, ...Object.keys(all)]);
  };
  for (const name of wanted) expand(name, []);
  return features.filter(({ name }) => found.has(name));
}

function unknownName(name: string, known: readonly string[]): ConfigError {
  const near = nearest(name, known, 5);
  const hint = near.length === 0 ? 'there is nothing like it; list them with: swing features list' : `the nearest names are ${near.join(', ')}`;
  return new ConfigError(`expected a feature, a family or a set, found "${name}"; ${hint}`, { code: 'UNKNOWN_FEATURE', fields: { name, near } });
}
