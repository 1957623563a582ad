import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { readYamlValue } from '../../config/yaml-layer.js';
import { ConfigError } from '../../core/errors.js';
import { parseSpace, type SearchSpace } from '../../training/tuner/search-space.js';

/**
 * The search space that a file holds, as YAML or, which is YAML too, JSON.
 * @throws ConfigError `BAD_SPACE_FILE`, `BAD_SPACE`
 */
export async function readSpace(path: string, cwd: string): Promise<SearchSpace> {
  let text: string;
  try {
    text = await readFile(resolve(cwd, path), 'utf8');
  } catch (cause) {
    throw new ConfigError(`expected a file with a search space, found none that can be read at "${path}"`, { code: 'BAD_SPACE_FILE', fields: { path }, cause });
  }
  const { value, issues } = readYamlValue({ kind: 'file', text, placeOf: (line, column) => `${path}:${line}:${column}` });
  const [issue] = issues;
  if (issue !== undefined) throw new ConfigError(`expected ${issue.expected}, found ${issue.found} at ${issue.where}`, { code: 'BAD_SPACE_FILE', fields: { path } });
  return parseSpace(value, `"${path}"`);
}
