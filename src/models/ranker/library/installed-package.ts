import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { PinnedFile } from './pinned-files.js';
import { runPython } from './python.js';
import type { Road } from './road.js';

const TIMEOUT_MS = 20_000;
const SITE_PACKAGES = 'import importlib.util as u, os, sys; s = u.find_spec(sys.argv[1]); print(os.path.dirname(s.submodule_search_locations[0]) if s and s.submodule_search_locations else "")';

/** The library of a Python package that is installed already. */
export const installedPackage: Road = {
  name: 'installed Python package',
  async take(file: PinnedFile, { environment, signal }) {
    const { project } = file.wheel;
    const found = await runPython(['-c', SITE_PACKAGES, project], { environment, signal, timeoutMs: TIMEOUT_MS });
    if (found.kind === 'failed') return found;
    const folder = found.output.trim();
    if (folder === '') return { kind: 'failed', reason: `"${project}" is not installed` };
    try {
      return { kind: 'library', bytes: await readFile(join(folder, file.member), signal === undefined ? {} : { signal }) };
    } catch {
      signal?.throwIfAborted();
      return { kind: 'failed', reason: `"${join(folder, file.member)}" cannot be read` };
    }
  },
};
