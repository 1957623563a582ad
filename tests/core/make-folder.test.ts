import { mkdir, readdir, stat, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DataError } from '../../src/core/errors.js';
import { writeFileAtomic } from '../../src/core/atomic-file.js';
import { makeFolder } from '../../src/core/make-folder.js';
import { temporaryFolder } from '../pipeline/small-market.js';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
});
afterAll(() => place.remove());

describe('a folder', () => {
  it('is made with those above it, and stays as it is when it is there', async () => {
    const path = join(place.folder, 'a', 'b', 'c');
    await makeFolder(path);
    await writeFile(join(path, 'file'), 'x');
    await makeFolder(path);
    await makeFolder(`${path}/`);
    expect(await readdir(path)).toEqual(['file']);
  });

  it('is made once when many want it', async () => {
    const path = join(place.folder, 'many', 'want', 'it');
    await Promise.all(Array.from({ length: 20 }, () => makeFolder(path)));
    expect((await stat(path)).isDirectory()).toBe(true);
  });

  it('may be a link to one', async () => {
    await mkdir(join(place.folder, 'target'));
    await symlink(join(place.folder, 'target'), join(place.folder, 'link'));
    await makeFolder(join(place.folder, 'link', 'inside'));
    expect(await readdir(join(place.folder, 'target'))).toEqual(['inside']);
  });

  it('is refused where a file is, or above it', async () => {
    await writeFile(join(place.folder, 'file'), '');
    for (const path of ['file', 'file/below', 'file/far/below']) {
      const error = await makeFolder(join(place.folder, path)).then(() => null, (reason: unknown) => reason);
      expect(error, path).toBeInstanceOf(DataError);
      expect(error).toMatchObject({ code: 'WRITE_FAILED', fields: { path: join(place.folder, path) } });
    }
  });

  // where Node's recursive mkdir never ends
  it.runIf(existsSync('/proc/self'))('is refused at once where none can be made', async () => {
    await expect(makeFolder('/proc/nosuch/below')).rejects.toMatchObject({ code: 'WRITE_FAILED', cause: { code: 'ENOENT' } });
    await expect(writeFileAtomic('/proc/nosuch/page.html', '')).rejects.toThrow('expected to write "/proc/nosuch/page.html"');
  });
});
