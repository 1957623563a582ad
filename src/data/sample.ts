import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the bundled sample; beside `dist/` in the package, beside `src/` in a checkout. */
export function sampleFolder(): string {
  return fileURLToPath(new URL('../../data/sample', import.meta.url));
}

/** Folder of the bundled option chains, which are no part of the sample that `swing daily` reads; `source.json` describes it. */
export function optionsSampleFolder(): string {
  return join(sampleFolder(), 'options');
}
