import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { DataError } from '../../core/errors.js';

/** Version of the store's layout; a store of another version is refused with what to do. */
export const STORE_SCHEMA_VERSION = 1;

const partition = z.strictObject({
  /** Relative to the store's folder. */
  path: z.string(),
  /** Year, day, or `all`. */
  key: z.string(),
  rows: z.int().nonnegative(),
  sha256: z.string().length(64),
});

const importFinding = z.strictObject({ rule: z.string(), policy: z.string(), count: z.int(), examples: z.array(z.string()) });

const dataset = z.strictObject({
  rows: z.int().nonnegative(),
  /** Hash over the partitions' hashes: equal content, equal hash. */
  contentHash: z.string(),
  /** Provider that delivered it last. */
  provider: z.string(),
  /** Fingerprint of what that provider delivered, where it can tell. */
  fingerprint: z.string().nullable(),
  source: z.string(),
  licence: z.string(),
  /** UTC, ISO 8601. */
  retrievedAt: z.string(),
  priceBasis: z.enum(['raw', 'split-adjusted', 'total-return']).optional(),
  notes: z.array(z.string()),
  firstDate: z.string().nullable(),
  lastDate: z.string().nullable(),
  partitions: z.array(partition),
  findings: z.array(importFinding),
});

const manifest = z.strictObject({
  schemaVersion: z.literal(STORE_SCHEMA_VERSION),
  /** Counts the commits. */
  version: z.int().nonnegative(),
  datasets: z.record(z.string(), dataset),
});

export type Manifest = z.infer<typeof manifest>;
export type DatasetEntry = z.infer<typeof dataset>;
export type PartitionEntry = z.infer<typeof partition>;
export type ImportFinding = z.infer<typeof importFinding>;

export const EMPTY_MANIFEST: Manifest = { schemaVersion: STORE_SCHEMA_VERSION, version: 0, datasets: {} };

const manifestPath = (folder: string): string => join(folder, 'manifest.json');

/**
 * The store's current state; an empty one when the folder holds none.
 * @throws DataError when the manifest is of another version or damaged
 */
export async function readManifest(folder: string): Promise<Manifest> {
  const path = manifestPath(folder);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return EMPTY_MANIFEST;
    throw new DataError(`expected a readable store manifest at "${path}"`, { code: 'UNREADABLE_MANIFEST', fields: { path }, cause: error });
  }
  return parseManifest(text, path);
}

function parseManifest(text: string, path: string): Manifest {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataError(`expected JSON in the store manifest "${path}"`, { code: 'BAD_MANIFEST', fields: { path }, cause: error });
  }
  const found = (value as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (found !== STORE_SCHEMA_VERSION) {
    throw new DataError(`expected a store of schema version ${STORE_SCHEMA_VERSION}, found ${JSON.stringify(found)} in "${path}"; import its data again into a new folder`, { code: 'STORE_VERSION', fields: { path, found } });
  }
  const parsed = manifest.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new DataError(`expected a valid store manifest, found ${issue.message} at ${issue.path.join('.')} in "${path}"`, { code: 'BAD_MANIFEST', fields: { path } });
  }
  return parsed.data;
}

/** Makes `next` the store's state, at one instant. Call only while holding the store's lock. */
export async function writeManifest(folder: string, next: Manifest): Promise<void> {
  await writeFileAtomic(manifestPath(folder), `${JSON.stringify(next, null, 2)}\n`);
}
