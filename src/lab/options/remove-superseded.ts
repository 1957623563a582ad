import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { isTemporary } from '../../core/atomic-file.js';
import type { Clock } from '../../core/clock.js';

/** Milliseconds after which a file counts as used by nobody: readers renew its time before they read. */
export const UNUSED_FOR = 86_400_000;

const FILE = /^\d{4}-\d{2}-\d{2}-[\da-f]{16}\.parquet$/;
const sessionOf = (name: string): string => name.slice(0, 10);

/** Removes files of the same sessions as the current ones that have other names, and what killed writers left, where they are older than a day. */
export async function removeSuperseded(folder: string, current: readonly string[], clock: Clock): Promise<void> {
  const [kept, sessions] = [new Set(current), new Set(current.map(sessionOf))];
  const superseded = (await readdir(folder)).filter((name) => isTemporary(name) || (FILE.test(name) && sessions.has(sessionOf(name)) && !kept.has(name)));
  for (const name of superseded) {
    const path = join(folder, name);
    const changed = await stat(path).then(({ mtimeMs }) => mtimeMs, () => null); // null: another process was first
    if (changed !== null && clock.now() - changed > UNUSED_FOR) await rm(path, { force: true });
  }
}
