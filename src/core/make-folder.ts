import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { DataError } from './errors.js';

/**
 * Makes a folder and those above it that are missing; one that is there stays as it is.
 *
 * One level at a time, because Node's recursive form tries for ever where a folder is there in which none can be made,
 * such as /proc.
 * @throws DataError `WRITE_FAILED` naming the folder
 */
export async function makeFolder(path: string): Promise<void> {
  try {
    await makeLevel(resolve(path));
  } catch (cause) {
    throw new DataError(`expected to make the folder "${path}", but it failed`, { code: 'WRITE_FAILED', fields: { path }, cause });
  }
}

async function makeLevel(folder: string): Promise<void> {
  if (await isFolder(folder)) return;
  const above = dirname(folder);
  if (above !== folder) await makeLevel(above);
  try {
    await mkdir(folder);
  } catch (error) {
    if (!(await isFolder(folder))) throw error; // else another process was first
  }
}

const isFolder = (path: string): Promise<boolean> => stat(path).then((entry) => entry.isDirectory(), () => false);
