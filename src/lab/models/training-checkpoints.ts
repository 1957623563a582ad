import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { ConfigError, DataError } from '../../core/errors.js';
import { hashJson } from '../../core/hash.js';
import { makeFolder } from '../../core/make-folder.js';

/** What a training learns from and by which settings: what may not differ where one goes on from its checkpoints. */
export type TrainingIdentity = Readonly<Record<string, unknown>>;

const IDENTITY = 'training.json';
const LAST = 'last.safetensors';
/** No model's name begins so. */
const BEFORE = '.before';

/**
 * Readies the folder of a training's checkpoints. Without `resume` those of an earlier training of the name are moved aside, where one
 * waits for the next: hours of learning are not lost by a forgotten option.
 * @returns where the earlier ones lie now; `null` where there were none
 * @throws ConfigError `NO_CHECKPOINT` where there is nothing to go on from, `OTHER_TRAINING` where it learnt from something else
 */
export async function readyCheckpoints(folder: string, identity: TrainingIdentity, { resume }: { readonly resume: boolean }): Promise<string | null> {
  const hashes = Object.fromEntries(Object.entries(identity).map(([name, value]) => [name, hashJson(value ?? null)]));
  if (resume) {
    await requireSame(folder, hashes);
    return null;
  }
  const before = (await hasCheckpoint(folder)) ? await moveAside(folder) : null;
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder);
  await writeFileAtomic(join(folder, IDENTITY), `${JSON.stringify(hashes, null, 2)}\n`);
  return before;
}

/** A model of several networks has a folder for each. */
async function hasCheckpoint(folder: string): Promise<boolean> {
  const names = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.some((name) => basename(name) === LAST);
}

async function moveAside(folder: string): Promise<string> {
  const target = join(dirname(folder), BEFORE, basename(folder));
  await rm(target, { recursive: true, force: true });
  await makeFolder(dirname(target));
  await rename(folder, target);
  return target;
}

async function requireSame(folder: string, hashes: Readonly<Record<string, string>>): Promise<void> {
  if (!(await hasCheckpoint(folder))) throw new ConfigError(`expected a checkpoint to go on from in "${folder}", found none; train without --resume`, { code: 'NO_CHECKPOINT', fields: { folder } });
  const earlier = await readIdentity(join(folder, IDENTITY));
  const other = Object.keys(hashes).filter((name) => earlier[name] !== hashes[name]);
  if (other.length > 0) throw new ConfigError(`expected to go on with the training whose checkpoints lie in "${folder}", found another ${other.join(', ')}; train without --resume, or as it was`, { code: 'OTHER_TRAINING', fields: { folder, other } });
}

async function readIdentity(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    const value: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
    throw new SyntaxError(`found ${typeof value}`);
  } catch (cause) {
    throw new DataError(`expected what a training learns from in "${path}", found nothing that can be read; train without --resume`, { code: 'BAD_CHECKPOINT', fields: { path }, cause });
  }
}
