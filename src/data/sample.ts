import { fileURLToPath } from 'node:url';

/** Folder of the bundled sample; beside `dist/` in the package, beside `src/` in a checkout. */
export function sampleFolder(): string {
  return fileURLToPath(new URL('../../data/sample', import.meta.url));
}
