import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describeError } from '../../../core/errors.js';
import { sha256 } from '../../../core/hash.js';
import { writeFileAtomic } from '../../../core/atomic-file.js';
import type { PinnedFile } from './pinned-files.js';
import { redact } from './redact.js';
import type { Road, RoadOptions, Taken } from './road.js';
import { unzip } from './unzip.js';

export interface ObtainOptions extends RoadOptions {
  readonly cacheFolder: string;
  readonly roads: readonly Road[];
}

/** Where a library is now and how it came there, or every way that was tried. */
export type Obtained = { readonly path: string; readonly road: string } | { readonly tried: readonly string[] };

/** A pinned library: the copy in the cache folder, or else from the first road that has it, kept in the cache folder. */
export async function obtain(file: PinnedFile, { cacheFolder, roads, environment, signal }: ObtainOptions): Promise<Obtained> {
  const path = join(cacheFolder, file.name);
  const kept = await keptCopy(path, file);
  if (kept === 'right') return { path, road: 'local copy' };
  const tried = [`local copy: ${kept} at "${path}"`];
  for (const road of roads) {
    const taken = await road.take(file, { environment, signal });
    signal?.throwIfAborted();
    const library = libraryIn(taken, file);
    if (typeof library === 'string') {
      tried.push(`${road.name}: ${library}`);
      continue;
    }
    try {
      await writeFileAtomic(path, library);
      return { path, road: road.name };
    } catch (error) {
      return { tried: [...tried, `${road.name}: ${redact(describeError(error))}`] };
    }
  }
  return { tried };
}

async function keptCopy(path: string, file: PinnedFile): Promise<string> {
  try {
    return sha256(await readFile(path)) === file.sha256 ? 'right' : 'another file';
  } catch {
    return 'none';
  }
}

/** The library's bytes, or in words why they are none that may be loaded. */
function libraryIn(taken: Taken, file: PinnedFile): Uint8Array | string {
  if (taken.kind === 'failed') return taken.reason;
  const { wheel } = file;
  if (taken.kind === 'wheel') {
    const hash = sha256(taken.bytes);
    if (hash !== wheel.sha256) return `refused: expected ${wheel.file} with sha256 ${wheel.sha256}, found ${hash}`;
  }
  const found = taken.kind === 'wheel' ? unzip(taken.bytes, file.member) : taken.bytes;
  const library = file.rename === undefined ? found : renamed(found, file.rename);
  const hash = sha256(library);
  return hash === file.sha256 ? library : `refused: expected "${file.name}" of version ${wheel.version} with sha256 ${file.sha256}, found ${hash}`;
}

/** The bytes with each occurrence of a name that ends in a zero made a shorter one. */
function renamed(bytes: Uint8Array, { from, to }: { readonly from: string; readonly to: string }): Uint8Array {
  const copy = Buffer.from(bytes);
  const [sought, replacement] = [Buffer.from(`${from}\0`), Buffer.from(`${to}\0`)];
  for (let at = copy.indexOf(sought); at >= 0; at = copy.indexOf(sought, at + replacement.length)) replacement.copy(copy, at);
  return copy;
}
