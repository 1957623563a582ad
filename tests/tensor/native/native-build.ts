import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The build for the CPU, where there is one. */
export const built = join(import.meta.dirname, '../../../.native/cpu');

/** Why the tests on TensorFlow's own library do not run, `null` when they do: the build takes a compiler and a download (`npm run native`). */
export const withoutNative = existsSync(join(built, 'build.json')) ? null : 'npm run native has not been run';
