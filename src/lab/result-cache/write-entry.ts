import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { temporaryName } from '../../core/atomic-file.js';
import { DataError } from '../../core/errors.js';
import { canonicalJson } from '../../core/hash.js';
import { makeFolder } from '../../core/make-folder.js';
import { Panel } from '../../table/panel.js';
import { aligned, encodeHeader, layOut, type EntryHeader } from './entry-format.js';

export interface EntryName {
  readonly kind: string;
  readonly key: string;
}

/** An entry as the pieces of its file. */
export function encodeEntry({ kind, key }: EntryName, value: unknown): Uint8Array[] {
  const [shape, parts] = value instanceof Panel ? panelParts(value) : jsonParts(value);
  const segments = layOut(parts);
  const pieces = [encodeHeader({ kind, key, value: shape, segments })];
  parts.forEach((part, at) => {
    pieces.push(part);
    const gap = at === parts.length - 1 ? 0 : aligned(part.byteLength) - part.byteLength;
    if (gap > 0) pieces.push(new Uint8Array(gap));
  });
  return pieces;
}

/**
 * Writes an entry so that readers see the old one, the new one or none; temporary files lie in `root`.
 *
 * Not forced to the disk: what a power cut takes is found damaged and computed again.
 * @throws DataError `WRITE_FAILED` naming the file
 */
export async function writeEntry(root: string, path: string, pieces: readonly Uint8Array[]): Promise<void> {
  const temporary = temporaryName(join(root, 'entry'));
  try {
    await makeFolder(root);
    const handle = await open(temporary, 'wx');
    try {
      await handle.writeFile(pieces);
    } finally {
      await handle.close();
    }
    await moveInto(temporary, path);
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined); // the first failure is the one to tell
    throw new DataError(`expected to write "${path}", but it failed`, { code: 'WRITE_FAILED', fields: { path }, cause });
  }
}

/** How often others may come in between: on a loaded machine several in a row do. */
const ATTEMPTS = 50;

/** Another process may take the folder away, because it is empty, before the file is in it. */
async function moveInto(temporary: string, path: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    await mkdir(dirname(path), { recursive: true });
    try {
      return await rename(temporary, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === ATTEMPTS) throw error;
    }
  }
}

type Parts = [shape: EntryHeader['value'], parts: Uint8Array[]];

function jsonParts(value: unknown): Parts {
  return [{ type: 'json' }, [Buffer.from(canonicalJson(value))]];
}

function panelParts(panel: Panel): Parts {
  const columns = panel.columnNames.map((name) => ({ name, type: panel.columnType(name) }));
  const arrays = [panel.sessions, ...panel.columnNames.map((name) => panel.column(name))];
  return [{ type: 'panel', symbols: panel.symbols, columns }, arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength))];
}
