import { ConfigError } from '../../core/errors.js';
import type { SearchSpace } from '../../training/tuner/search-space.js';
import { FOUNDATION_SPACE } from './tune-space-foundation.js';
import { LIGHTGBM_SPACE } from './tune-space-lightgbm.js';

/** Spaces by kind of model. To add one, write a file that exports it and list it here. */
const SPACES: Readonly<Record<string, SearchSpace>> = { foundation: FOUNDATION_SPACE, lightgbm: LIGHTGBM_SPACE };

/**
 * What is searched of a kind of model unless another space is given.
 * @param fixed names of parameters that were given and so are not searched
 * @throws ConfigError `NO_SPACE` for a kind that has none, or of which nothing is left
 */
export function defaultSpace(kind: string, fixed: readonly string[] = []): SearchSpace {
  if (!Object.hasOwn(SPACES, kind)) throw new ConfigError(`expected a search space, as "${kind}" has none of its own (${Object.keys(SPACES).join(', ')} do); name a file with --space`, { code: 'NO_SPACE', fields: { kind } });
  const left = Object.entries(SPACES[kind]).filter(([name]) => !fixed.includes(name));
  if (left.length === 0) throw new ConfigError(`expected parameters of "${kind}" to search, found all of its space given`, { code: 'NO_SPACE', fields: { kind } });
  return Object.fromEntries(left);
}
