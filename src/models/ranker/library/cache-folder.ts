import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

import { LIGHTGBM_VERSION } from './pinned-files.js';
import type { Environment } from './python.js';

/** Where native libraries are kept for all projects of a person: `XDG_CACHE_HOME` or `~/.cache`, below it `swinglab/lightgbm-<version>`. */
export function defaultCacheFolder(environment: Environment): string {
  const named = environment['XDG_CACHE_HOME'];
  // The specification of these folders says that relative ones are to be ignored.
  const base = named !== undefined && isAbsolute(named) ? named : join(environment['HOME'] ?? homedir(), '.cache');
  return join(base, 'swinglab', `lightgbm-${LIGHTGBM_VERSION}`);
}
