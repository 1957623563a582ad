import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { DataError } from '../../core/errors.js';

/** What names the files of a folder of computed things; the store's own manifest is another. */
interface FolderManifest {
  readonly schemaVersion: 1;
}

const manifestPath = (folder: string): string => join(folder, 'manifest.json');

/**
 * The manifest of a folder, `null` when there is none yet.
 * @param words what the folder holds, and what to do when it cannot be used: `{ what: 'graphs', remedy: 'build again' }`
 * @throws DataError when it cannot be read
 */
export async function readFolderManifest<Manifest extends FolderManifest>(folder: string, { what, remedy }: { readonly what: string; readonly remedy: string }): Promise<Manifest | null> {
  const path = manifestPath(folder);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new DataError(`expected a readable file, found "${path}", which cannot be read`, { code: 'UNREADABLE_FILE', fields: { path }, cause: error });
  }
  try {
    const manifest = JSON.parse(text) as Manifest;
    if (manifest.schemaVersion === 1) return manifest;
  } catch {
    // told below
  }
  throw new DataError(`expected the manifest of ${what} in "${path}", found ${JSON.stringify(text.slice(0, 60))}; remove the folder and ${remedy}`, { code: 'BAD_MANIFEST', fields: { path } });
}

/** From here on readers see the files that the manifest names. */
export async function writeFolderManifest(folder: string, manifest: FolderManifest): Promise<void> {
  await writeFileAtomic(manifestPath(folder), `${JSON.stringify(manifest, null, 1)}\n`);
}
