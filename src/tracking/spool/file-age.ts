import { rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { temporaryName } from '../../core/atomic-file.js';

/**
 * Milliseconds since a file or folder was written, both times by the clock of the disk, which other machines may share;
 * `null` where it is not there.
 * @param folder where a file may be made to see what time it is there
 */
export async function fileAge(path: string, folder: string): Promise<number | null> {
  const probe = temporaryName(join(folder, 'now'));
  await writeFile(probe, '');
  try {
    const [now, then] = await Promise.all([modifiedAt(probe), modifiedAt(path)]);
    return now === null || then === null ? null : now - then;
  } finally {
    await rm(probe, { force: true });
  }
}

const modifiedAt = (path: string): Promise<number | null> => stat(path).then(({ mtimeMs }) => mtimeMs, () => null);
