import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { DataError } from '../../core/errors.js';
import { makeFolder } from '../../core/make-folder.js';
import { readCard, type ModelCard } from '../../models/model-card.js';
import type { ModelFiles } from '../../models/forecaster.js';
import type { TrainedModel } from '../../models/trained-model.js';

/** A trained model on disk: a folder that holds its card and files. */
export interface StoredModel {
  /** Name of the folder. */
  readonly name: string;
  readonly folder: string;
  readonly origin: 'trained' | 'released';
  readonly card: ModelCard;
}

/** Models released with the package; beside `dist/` in the package, beside `src/` in a checkout. */
export function releasedModelsFolder(): string {
  return fileURLToPath(new URL('../../../models', import.meta.url));
}

const CARD = 'card.json';

/** What lies in the folders of models. */
export interface StoredModels {
  /** Ascending by name. */
  readonly models: readonly StoredModel[];
  /** Folders whose card cannot be read, and why. */
  readonly unreadable: readonly { readonly name: string; readonly error: DataError }[];
}

/** The models of a project and those released with the package; a project's own hides a released one of its name. */
export async function storedModels(projectFolder: string): Promise<StoredModels> {
  const released = releasedModelsFolder();
  const found = new Map<string, StoredModel>();
  const unreadable: { name: string; error: DataError }[] = [];
  for (const { parent, origin } of [{ parent: released, origin: 'released' as const }, { parent: projectFolder, origin: 'trained' as const }]) {
    if (origin === 'trained' && parent === released) continue; // a checkout's own folder
    for (const name of await foldersWithCard(parent)) {
      const folder = join(parent, name);
      try {
        found.set(name, { name, folder, origin, card: readCard(await readText(join(folder, CARD)), join(folder, CARD)) });
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
        found.delete(name);
        unreadable.push({ name, error });
      }
    }
  }
  return { models: [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), unreadable };
}

/**
 * The model of a name, `undefined` where there is none.
 * @throws DataError when its card cannot be read
 */
export function modelNamed({ models, unreadable }: StoredModels, name: string): StoredModel | undefined {
  const damaged = unreadable.find((model) => model.name === name);
  if (damaged) throw damaged.error;
  return models.find((model) => model.name === name);
}

async function foldersWithCard(parent: string): Promise<string[]> {
  const entries = await readdir(parent, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const names = await Promise.all(entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith('.')).map(async ({ name }) => ((await readdir(join(parent, name))).includes(CARD) ? [name] : [])));
  return names.flat();
}

/** The files of a stored model by name. */
export async function readModelFiles({ folder }: Pick<StoredModel, 'folder'>): Promise<ModelFiles> {
  const names = (await readdir(folder, { withFileTypes: true })).filter((entry) => entry.isFile() && !entry.name.startsWith('.')).map(({ name }) => name);
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readContent(join(folder, name))] as const)));
}

/** Keeps a model; the card is written last, so that a folder with a card is whole. */
export async function writeModel(folder: string, model: TrainedModel): Promise<void> {
  const files = await model.save();
  await makeFolder(folder);
  await rm(join(folder, CARD), { force: true }); // of a model that stood here before
  const names = Object.keys(files).sort((a, b) => Number(a === CARD) - Number(b === CARD));
  for (const name of names) await writeFileAtomic(join(folder, name), files[name]);
}

/** Files of models that are bytes; all others are text. */
const BYTES = /\.(?:safetensors|npz|bin)$/;

async function readContent(path: string): Promise<string | Uint8Array> {
  return BYTES.test(path) ? readWhole(path) : readText(path);
}

async function readText(path: string): Promise<string> {
  return (await readWhole(path)).toString('utf8');
}

async function readWhole(path: string): Promise<Buffer> {
  return readFile(path).catch((cause: unknown) => {
    throw new DataError(`expected a readable file of a model, found "${path}", which cannot be read`, { code: 'UNREADABLE_FILE', fields: { path }, cause });
  });
}
