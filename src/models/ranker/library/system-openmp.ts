import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Environment } from './python.js';

const NAME = 'libgomp.so.1';
const LINKER_CACHE = '/etc/ld.so.cache';
const USUAL_FOLDERS = ['/lib', '/usr/lib', '/lib64', '/usr/lib64', '/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/lib/aarch64-linux-gnu', '/usr/lib/aarch64-linux-gnu'];

/** Whether the system's loader will find GCC's OpenMP; asked of files, because loading it would already settle how its threads wait. */
export async function hasSystemOpenMp(environment: Environment): Promise<boolean> {
  const named = (environment['LD_LIBRARY_PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const paths = [...[...named, ...USUAL_FOLDERS].map((folder) => join(folder, NAME)), ...(await pathsInLinkerCache())];
  const found = await Promise.all(paths.map((path) => access(path).then(() => true, () => false)));
  return found.includes(true);
}

/** Full paths stand in the linker's cache as text between zeros. */
async function pathsInLinkerCache(): Promise<string[]> {
  const text = await readFile(LINKER_CACHE, 'latin1').catch(() => '');
  return text.split('\0').filter((part) => part.startsWith('/') && part.endsWith(`/${NAME}`));
}
