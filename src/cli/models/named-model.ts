import { ConfigError } from '../../core/errors.js';
import { suggest } from '../../core/suggest.js';
import { modelNamed, type StoredModel, type StoredModels } from '../../lab/models/model-folder.js';

/**
 * The model of a name that a person gave.
 * @throws ConfigError `UNKNOWN_MODEL`; DataError when its card cannot be read
 */
export function requireModel(stored: StoredModels, name: string): StoredModel {
  const found = modelNamed(stored, name);
  if (found) return found;
  const names = stored.models.map((model) => model.name);
  const near = suggest(name, names);
  throw new ConfigError(`expected the name of a model${names.length === 0 ? ', of which there are none yet' : ` (${names.join(', ')})`}, found "${name}"${near === null ? '' : `; did you mean "${near}"?`}`, { code: 'UNKNOWN_MODEL', fields: { name } });
}
