import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { isTemporary, temporaryName, writeFileAtomic } from '../../core/atomic-file.js';
import { DataError } from '../../core/errors.js';
import { makeFolder } from '../../core/make-folder.js';
import { fileAge } from './file-age.js';
import type { SpoolJob } from './spool-job.js';
import { readWriter, thisWriter, writerState, type Writer } from './writer.js';

/** Something that a server has not yet been told. */
export interface SpoolEntry {
  /** What was put in earlier has a lower number. */
  readonly number: number;
  readonly path: string;
  readonly job: SpoolJob;
  readonly writer: Writer | null;
}

/** Shorter than the id of a run, so that an experiment called "spool" would not be in the way. */
const ENTRY = /^\d{6,12}$/;
const DONE = /^\d{6,12}\.done$/;
const JOB = 'job.json';
const CLOSED = 'closed';
const PROGRESS = 'progress.json';
const REFUSED = 'refused.json';
const FILES = 'files';
const DAY_MS = 86_400_000;
/** Of a writer elsewhere nobody knows whether it lives; no run is left for so long without a word. */
const FORGOTTEN_MS = 7 * DAY_MS;

/**
 * What is still to be told to a server, in the order in which it came: `<folder>/<number>/`, with the job itself, how far it
 * was done, and whether more may come.
 *
 * An entry appears whole and goes whole, whichever process is killed when; numbers are given to one process each.
 */
export class Spool {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** @param files copied into the entry, by name, so that it stays what it was */
  async add(job: SpoolJob, files: Readonly<Record<string, string | Uint8Array>> = {}): Promise<SpoolEntry> {
    const writer = thisWriter();
    await makeFolder(this.folder);
    const temporary = temporaryName(join(this.folder, 'new'));
    try {
      await mkdir(temporary);
      await writeFileAtomic(join(temporary, JOB), JSON.stringify({ job, writer }));
      for (const [name, content] of Object.entries(files)) await writeFileAtomic(join(temporary, FILES, ...name.split('/')), content);
      const number = await this.#place(temporary);
      return { number, path: this.#pathOf(number), job, writer };
    } catch (cause) {
      await rm(temporary, { recursive: true, force: true }).catch(() => undefined); // the first failure is the one to tell
      throw new DataError(`expected to note in "${this.folder}" what MLflow is to be told, but it failed`, { code: 'WRITE_FAILED', fields: { path: this.folder }, cause });
    }
  }

  /** Nothing more will come of this run. */
  async close(entry: SpoolEntry): Promise<void> {
    await writeFile(join(entry.path, CLOSED), '').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error; // delivered already
    });
  }

  /** Whether all of an entry is there: it is closed, or its writer is gone. */
  async isClosed({ path, job, writer }: SpoolEntry): Promise<boolean> {
    if (job.kind !== 'run' || writer === null || (await readIfThere(join(path, CLOSED))) !== null) return true;
    const state = writerState(writer);
    if (state !== 'elsewhere') return state === 'gone';
    return ((await fileAge(path, this.folder)) ?? 0) > FORGOTTEN_MS;
  }

  /** What waits, oldest first. Sweeps what was left of entries that went. */
  async entries(): Promise<SpoolEntry[]> {
    const names = await this.#names();
    await Promise.all(names.filter((name) => DONE.test(name) || isTemporary(name)).map((name) => this.#sweep(name)));
    const numbers = names.filter((name) => ENTRY.test(name)).map(Number).sort((a, b) => a - b);
    const entries = await Promise.all(numbers.map((number) => this.#read(number)));
    return entries.filter((entry) => entry !== null);
  }

  /** Names of files of an entry, with `/`. */
  async files({ path }: SpoolEntry): Promise<string[]> {
    const folder = join(path, FILES);
    const found = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    return found.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name).slice(folder.length + 1).replaceAll('\\', '/')).sort();
  }

  readFile({ path }: SpoolEntry, name: string): Promise<Buffer> {
    return readFile(join(path, FILES, ...name.split('/')));
  }

  /** How far an entry was done, as the deliverer wrote it down; `null` when it is new. */
  async progress(entry: SpoolEntry): Promise<unknown> {
    return parsed(await readIfThere(join(entry.path, PROGRESS)));
  }

  async noteProgress(entry: SpoolEntry, progress: object): Promise<void> {
    await writeWhole(join(entry.path, PROGRESS), JSON.stringify(progress));
  }

  /** Why a server does not take an entry; `null` when it was not refused. */
  async refusal(entry: SpoolEntry): Promise<string | null> {
    const value = parsed(await readIfThere(join(entry.path, REFUSED))) as { reason?: unknown } | null;
    return value === null ? null : String(value.reason);
  }

  async noteRefusal(entry: SpoolEntry, reason: string): Promise<void> {
    await writeFileAtomic(join(entry.path, REFUSED), JSON.stringify({ reason }));
  }

  /** Takes an entry out; nobody sees a part of it. */
  async remove({ path }: SpoolEntry): Promise<void> {
    try {
      await rename(path, `${path}.done`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw error;
    }
    await rm(`${path}.done`, { recursive: true, force: true });
  }

  /** Moves a finished folder to the next number; of those who want the same, one gets it. */
  async #place(temporary: string): Promise<number> {
    for (;;) {
      const number = Math.max(0, ...(await this.#names()).filter((name) => ENTRY.test(name) || DONE.test(name)).map((name) => Number.parseInt(name, 10))) + 1;
      try {
        await rename(temporary, this.#pathOf(number));
        return number;
      } catch (error) {
        if (!['ENOTEMPTY', 'EEXIST', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
        if ((error as NodeJS.ErrnoException).code === 'EPERM' && !(await this.#names()).includes(nameOf(number))) throw error;
      }
    }
  }

  async #read(number: number): Promise<SpoolEntry | null> {
    const path = this.#pathOf(number);
    const content = await readIfThere(join(path, JOB));
    if (content === null) return null; // gone meanwhile
    const { job, writer } = (parsed(content) ?? {}) as { job?: SpoolJob; writer?: unknown };
    if (job === undefined) throw new DataError(`expected what MLflow is to be told in "${join(path, JOB)}", found ${JSON.stringify(content.slice(0, 40))}`, { code: 'DAMAGED_SPOOL', fields: { path, hint: `remove the folder "${path}"; swing runs sync --all tells MLflow all runs anew` } });
    return { number, path, job, writer: readWriter(writer) };
  }

  async #sweep(name: string): Promise<void> {
    const path = join(this.folder, name);
    if (!DONE.test(name) && ((await fileAge(path, this.folder).catch(() => null)) ?? 0) < DAY_MS) return; // somebody may be making it
    await rm(path, { recursive: true, force: true });
  }

  async #names(): Promise<string[]> {
    return readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }

  #pathOf(number: number): string {
    return join(this.folder, nameOf(number));
  }
}

/** Whole for whoever reads; what a power cut takes of it is only told again. */
async function writeWhole(path: string, content: string): Promise<void> {
  const temporary = temporaryName(path);
  await writeFile(temporary, content);
  await rename(temporary, path);
}

const nameOf = (number: number): string => String(number).padStart(6, '0');

async function readIfThere(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

function parsed(text: string | null): unknown {
  try {
    return text === null ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}
