import { listProblems, setProblems } from '../features/name-problems.js';
import { configError, type ConfigIssue } from './errors.js';
import type { LoadedConfig } from './load.js';
import { quote } from './redact.js';

/**
 * Looks up every name of a feature, and every own set, that the configuration has.
 *
 * Apart from the schema, because the list of features takes longer to load than most commands run.
 * @throws ConfigError `BAD_CONFIG` with every problem in `fields.issues`
 */
export async function requireFeatureNames({ config, placeOf }: Pick<LoadedConfig, 'config' | 'placeOf'>): Promise<void> {
  const { FEATURES: features } = await import('../features/registry.js');
  const { use, show, sets } = config.features;
  const lists = Object.entries({ use, show }).flatMap(([name, names]) => listProblems(names, { path: [name], sets, features }));
  const issues = [...lists, ...setProblems(sets, features)].map(({ path, part, expected, found, hint }): ConfigIssue => {
    const setting = path.slice(0, path[0] === 'sets' ? 2 : 1);
    return { where: placeOf(['features', ...path], part), path: ['features', ...setting].join('.'), expected, found: found.length === 1 ? quoteName(found[0]) : found.join(' → '), ...(hint === undefined ? {} : { hint }) };
  });
  if (issues.length > 0) throw configError(issues);
}

/** Words and numbers joined by hyphens, such as `realized-volatility-21`: long, with letters and digits like a key, but none. */
const NAME = /^([a-z]{1,20}|[a-z]{0,20}\d{1,4})(-([a-z]{1,20}|[a-z]{0,20}\d{1,4}))*$/;

const quoteName = (name: string): string => (NAME.test(name) && name.length <= 60 ? JSON.stringify(name) : quote(name));
