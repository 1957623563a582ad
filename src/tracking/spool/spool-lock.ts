import { appendFile, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { createFileAtomic } from '../../core/atomic-file.js';
import { fileAge } from './file-age.js';
import { readWriter, thisWriter, writerState } from './writer.js';

/** The right to deliver what a spool holds, of one process at a time. */
export interface SpoolLock {
  release(): Promise<void>;
}

const NAME = /^lock-([1-9]\d*)\.json$/;
const HEARTBEAT_MS = 5000;
/** A holder on this machine that lives but has not been heard of for so long has hung, or its number is another's now. */
const SILENCE_HERE_MS = 600_000;
/** Of a holder elsewhere nothing but its heartbeat is known. */
const SILENCE_ELSEWHERE_MS = 60_000;

const heldHere = new Set<string>();

/**
 * Takes the lock of a spool; `null` where another holds it. A holder that was killed holds nothing.
 *
 * Each holder makes the file of the next number, which one alone can do, and the highest number holds: no file is ever
 * taken from under somebody. The highest stays when it is given back, so that numbers never come again.
 */
export async function takeSpoolLock(folder: string): Promise<SpoolLock | null> {
  const last = Math.max(0, ...(await numbers(folder)));
  if (last > 0 && (await isHeld(folder, last))) return null;
  const number = last + 1;
  const path = pathOf(folder, number);
  if (heldHere.has(path) || !(await createFileAtomic(path, JSON.stringify({ writer: thisWriter() })))) return null;
  const present = await numbers(folder);
  if (present.some((other) => other > number)) {
    await rm(path, { force: true }); // made where an old number had been cleaned away
    return null;
  }
  heldHere.add(path);
  await Promise.all(present.filter((other) => other < number).map((other) => rm(pathOf(folder, other), { force: true })));
  const heartbeat = setInterval(() => void appendFile(path, ' ').catch(() => undefined), HEARTBEAT_MS); // the clock of the disk marks it
  heartbeat.unref();
  return {
    async release() {
      clearInterval(heartbeat);
      if (heldHere.delete(path)) await writeFile(path, JSON.stringify({ released: true })); // whoever reads a part of it takes it for given back, as it is
    },
  };
}

async function isHeld(folder: string, number: number): Promise<boolean> {
  const path = pathOf(folder, number);
  if (heldHere.has(path)) return true;
  const writer = readWriter(await holderIn(path));
  if (writer === null) return false;
  const state = writerState(writer);
  if (state === 'gone') return false;
  const age = await fileAge(path, folder);
  return age !== null && age < (state === 'elsewhere' ? SILENCE_ELSEWHERE_MS : SILENCE_HERE_MS);
}

async function holderIn(path: string): Promise<unknown> {
  try {
    return (JSON.parse(await readFile(path, 'utf8')) as { writer?: unknown }).writer;
  } catch {
    return null; // given up meanwhile
  }
}

async function numbers(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.flatMap((name) => NAME.exec(name)?.slice(1).map(Number) ?? []);
}

const pathOf = (folder: string, number: number): string => join(folder, `lock-${number}.json`);
