import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { DataError } from '../../core/errors.js';

const FILE = 'search.json';

/** Keeps beside the checkpoints of a training by which search its parameters were chosen: one that goes on from them says so too. */
export async function keepSearchNote(checkpoints: string, note: string): Promise<void> {
  await writeFileAtomic(join(checkpoints, FILE), `${JSON.stringify({ note }, null, 2)}\n`);
}

/**
 * What `keepSearchNote` kept; `null` where no search chose the parameters.
 * @throws DataError `BAD_CHECKPOINT`
 */
export async function readSearchNote(checkpoints: string): Promise<string | null> {
  const path = join(checkpoints, FILE);
  try {
    const { note } = JSON.parse(await readFile(path, 'utf8')) as { note?: unknown };
    if (typeof note === 'string') return note;
    throw new SyntaxError(`found ${typeof note}`);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new DataError(`expected what a search said in "${path}", found nothing that can be read; train without --resume`, { code: 'BAD_CHECKPOINT', fields: { path }, cause });
  }
}
