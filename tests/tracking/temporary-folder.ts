import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import { temporaryRoot } from '../temporary-root.js';

/** A folder that goes when the test ends, also where something in the background still writes to it. */
export async function temporaryFolder(): Promise<string> {
  const folder = await realpath(await mkdtemp(join(temporaryRoot(), 'swinglab-tracking-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 }));
  return folder;
}
