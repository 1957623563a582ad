import { ConfigError } from '../core/errors.js';
import { FEATURE_FAMILIES, type Feature } from './feature.js';
import { setProblems, unknownName, type FeatureSets, type NameProblem } from './name-problems.js';

export type { FeatureSets } from './name-problems.js';

/** Sets that are always there: `all`, `core` (all but Alpha158 and options, which need data of their own) and each family under its name. */
export function builtInSets(features: readonly Feature[]): FeatureSets {
  const names = (keep: (feature: Feature) => boolean): string[] => features.filter(keep).map(({ name }) => name);
  return {
    all: names(() => true),
    core: names(({ family }) => family !== 'alpha158' && family !== 'options'),
    ...Object.fromEntries(FEATURE_FAMILIES.map((family) => [family, names((feature) => feature.family === family)])),
  };
}

/**
 * The features that names of features, families and sets stand for, each once, in the order of the registry.
 * @throws ConfigError telling everything that is wrong with the own sets, also with those not asked for, or naming the nearest names for one that is unknown
 */
export function resolveFeatures(wanted: readonly string[], features: readonly Feature[], sets: FeatureSets = {}): Feature[] {
  const problems = setProblems(sets, features);
  if (problems.length > 0) throw badSets(problems);
  const known = new Set(features.map(({ name }) => name));
  const all: FeatureSets = { ...sets, ...builtInSets(features) };
  const found = new Set<string>();
  const expand = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    if (known.has(name)) return;
    if (!Object.hasOwn(all, name)) throw unknown(name, [...known, ...Object.keys(all)]);
    for (const part of all[name]) expand(part);
  };
  for (const name of wanted) expand(name);
  return features.filter(({ name }) => found.has(name));
}

function unknown(name: string, known: readonly string[]): ConfigError {
  const { expected, hint, near } = unknownName(name, known);
  return new ConfigError(`expected ${expected}, found "${name}"; ${hint}`, { code: 'UNKNOWN_FEATURE', fields: { name, near } });
}

function badSets(problems: readonly NameProblem[]): ConfigError {
  const lines = problems.map(({ path, expected, found, hint }) => `features.${path.slice(0, 2).join('.')}: expected ${expected}, found ${found.length === 1 ? JSON.stringify(found[0]) : found.join(' → ')}${hint === undefined ? '' : `; ${hint}`}`);
  const message = lines.length === 1 ? lines[0] : `${lines.length} problems in the sets of features:\n${lines.map((line) => `  ${line}`).join('\n')}`;
  return new ConfigError(message, { code: 'BAD_FEATURE_SETS', fields: { problems, hint: 'their places in the file are told by: swing config check' } });
}
