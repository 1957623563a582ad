import { link, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { DataError } from './errors.js';
import { makeFolder } from './make-folder.js';

const TEMPORARY = /\.\d+-[\da-z]+-\d+\.tmp(\.wal)?$/;
let counter = 0;

/**
 * Name of a temporary file beside `path`; clean-up recognises it.
 *
 * The moment is part of it, because process numbers come again: in a container every run may be process 1, and must not
 * trip over what a killed one left.
 */
export function temporaryName(path: string): string {
  counter += 1;
  return `${path}.${process.pid}-${fileStamp()}-${counter}.tmp`;
}

/** Part of a name that no file written before has, whatever the wall clock says. */
export function fileStamp(): string {
  return process.hrtime.bigint().toString(36);
}

/** Whether a file's name is that of a temporary one. */
export function isTemporary(name: string): boolean {
  return TEMPORARY.test(name);
}

/** Removes temporary files of writers that were killed, in a folder and those below. Call only while nobody else writes there. */
export async function removeTemporaryFiles(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) if (entry.isFile() && isTemporary(entry.name)) await rm(join(entry.parentPath, entry.name), { force: true });
}

/** Makes what was written to `path` survive a power cut. */
export async function syncFile(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Moves a finished temporary file into place: readers see the old file or the new one, never a part. */
export async function replaceFile(temporary: string, path: string): Promise<void> {
  await syncFile(temporary);
  await rename(temporary, path);
  await syncFile(dirname(path));
}

/**
 * Writes a whole file so that readers see the old content or the new one, never a part.
 * @throws DataError `WRITE_FAILED` naming the file
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  await viaTemporary(path, content, (temporary) => replaceFile(temporary, path));
}

/**
 * Writes a whole file where none is yet; of processes that do so at once, one succeeds.
 * @returns whether it was this one
 * @throws DataError `WRITE_FAILED` naming the file
 */
export async function createFileAtomic(path: string, content: string | Uint8Array): Promise<boolean> {
  return viaTemporary(path, content, async (temporary) => {
    await syncFile(temporary);
    const created = await linkUnlessThere(temporary, path);
    await rm(temporary, { force: true });
    if (created) await syncFile(dirname(path));
    return created;
  });
}

async function linkUnlessThere(from: string, path: string): Promise<boolean> {
  try {
    await link(from, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function viaTemporary<Result>(path: string, content: string | Uint8Array, place: (temporary: string) => Promise<Result>): Promise<Result> {
  const temporary = temporaryName(path);
  try {
    await makeFolder(dirname(path));
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    return await place(temporary);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first failure is the one to tell
    throw new DataError(`expected to write "${path}", but it failed`, { code: 'WRITE_FAILED', fields: { path }, cause });
  }
}
