import { describeError } from '../../../src/core/errors.js';
import { locateLightGbm, type LibraryLocation } from '../../../src/models/ranker/library/locate.js';

/** LightGBM's library, or `null`, with the reason printed, where it cannot be had on this machine. */
export async function libraryFor(suite: string): Promise<LibraryLocation | null> {
  try {
    return await locateLightGbm({ environment: process.env });
  } catch (error) {
    process.stderr.write(`skipped "${suite}": ${describeError(error)}\n`);
    return null;
  }
}
