import { access } from 'node:fs/promises';
import { join } from 'node:path';

import { DataError } from '../../../core/errors.js';
import { defaultCacheFolder } from './cache-folder.js';
import { indexDownload } from './index-download.js';
import { installedPackage } from './installed-package.js';
import { obtain, type ObtainOptions } from './obtain.js';
import { LIGHTGBM_VERSION, PINNED_LIBRARIES, type PinnedLibraries } from './pinned-files.js';
import { pipDownload } from './pip-download.js';
import type { Environment } from './python.js';
import type { Road } from './road.js';
import { hasSystemOpenMp } from './system-openmp.js';

/** LightGBM's library on this machine. */
export interface LibraryLocation {
  readonly path: string;
  /** OpenMP's library, to be loaded before it; `null` where the system has its own. */
  readonly openmp: string | null;
  /** How it was found: `LIGHTGBM_LIB`, `local copy`, or the way it was fetched just now. */
  readonly road: string;
}

export interface LocateOptions {
  /** `LIGHTGBM_LIB`, pip's variables, `HOME`, `PATH`; `process.env` at the doors. */
  readonly environment: Environment;
  /** Where copies are kept; see `defaultCacheFolder`. */
  readonly cacheFolder?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Whether it may be fetched when it is not here: `false` only looks, without a process or the network. */
  readonly download?: boolean;
  /** As Node names them, with a hyphen; this machine's when absent. */
  readonly platform?: string;
}

const ROADS: readonly Road[] = [installedPackage, pipDownload, indexDownload];

/**
 * LightGBM's library: what `LIGHTGBM_LIB` names, else the copy in the cache folder, else fetched into it.
 *
 * Fetched files and copies are used only when their sha256 is the one written down here. Nothing is fetched when a package
 * is installed, only here, when the library is first needed.
 * @throws DataError `NO_LIGHTGBM`, telling each way that was tried and how to mend it
 */
export async function locateLightGbm(options: LocateOptions): Promise<LibraryLocation> {
  const { environment, cacheFolder = defaultCacheFolder(environment), signal, download = true, platform = `${process.platform}-${process.arch}` } = options;
  signal?.throwIfAborted();
  const pinned: PinnedLibraries | undefined = PINNED_LIBRARIES[platform];
  const named = environment['LIGHTGBM_LIB'];
  if (named !== undefined && named !== '') return namedLibrary(named, pinned, { environment, cacheFolder });
  if (pinned === undefined) throw noLightGbm([`no copy of version ${LIGHTGBM_VERSION} is known for ${platform}`]);
  const ways: ObtainOptions = { environment, cacheFolder, signal, roads: download ? ROADS : [] };
  const library = await obtain(pinned.lightgbm, ways);
  if ('tried' in library) throw noLightGbm(library.tried);
  if (pinned.openmp === null || (await hasSystemOpenMp(environment))) return { ...library, openmp: null };
  const openmp = await obtain(pinned.openmp, ways);
  if ('tried' in openmp) throw noLightGbm([`its library is at "${library.path}", but the system has no ${pinned.openmp.name}`, ...openmp.tried], `Install ${pinned.openmp.name} (Debian: libgomp1)`);
  return { ...library, openmp: openmp.path };
}

/** A library that a person named is used as it is; OpenMP's copy goes with it where the system has none, for it may need it. */
async function namedLibrary(path: string, pinned: PinnedLibraries | undefined, options: { readonly environment: Environment; readonly cacheFolder: string }): Promise<LibraryLocation> {
  // Somebody who asked for a file by name must not get another one in silence.
  if (!(await isThere(path))) throw noLightGbm([`LIGHTGBM_LIB names "${path}", which is not there`], 'Set LIGHTGBM_LIB to the file of the library, or to nothing to have it found');
  const openmp = pinned?.openmp ?? null;
  if (openmp === null || (await hasSystemOpenMp(options.environment))) return { path, openmp: null, road: 'LIGHTGBM_LIB' };
  const copy = join(options.cacheFolder, openmp.name);
  return { path, openmp: (await isThere(copy)) ? copy : null, road: 'LIGHTGBM_LIB' };
}

const isThere = (path: string): Promise<boolean> => access(path).then(() => true, () => false);

const USUAL_CURE = `Set LIGHTGBM_LIB to the file of the library, or run: pip install lightgbm==${LIGHTGBM_VERSION}`;

function noLightGbm(tried: readonly string[], cure = USUAL_CURE): DataError {
  return new DataError(`expected LightGBM's library, found none (${tried.join('; ')}). ${cure}`, { code: 'NO_LIGHTGBM', fields: { tried } });
}
