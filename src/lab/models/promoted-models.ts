import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { writeFileAtomic } from '../../core/atomic-file.js';
import { DataError } from '../../core/errors.js';
import { hashJson } from '../../core/hash.js';
import { makeFolder } from '../../core/make-folder.js';
import type { ModelCard } from '../../models/model-card.js';
import type { StoredModel } from './model-folder.js';

/** The alias that the daily run heeds. */
export const CHAMPION = 'champion';

/** A model that a person put forward. */
export interface PromotedModel {
  readonly name: string;
  /** Kind of model, as in the registry of forecasters. */
  readonly kind: string;
  readonly alias: string;
  /** Hash of its card: a model that is trained anew under the same name is another. */
  readonly card: string;
  /** ISO time. */
  readonly promotedAt: string;
}

const FILE = 'promoted.json';

/**
 * The models of a folder that were promoted, the last promoted first; at most one of each kind and alias.
 * @throws DataError `BAD_MODEL_FILE`
 */
export async function promotedModels(folder: string): Promise<readonly PromotedModel[]> {
  const path = join(folder, FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return text === null ? [] : parsed(text, path);
}

/** Puts a model of the folder forward, in place of the one of its kind that had the alias. */
export async function promoteModel(folder: string, { name, card }: Pick<StoredModel, 'name' | 'card'>, { alias = CHAMPION, promotedAt }: { readonly alias?: string; readonly promotedAt: string }): Promise<void> {
  const kind = card.forecaster;
  const others = (await promotedModels(folder)).filter((one) => one.kind !== kind || one.alias !== alias);
  const promoted: PromotedModel[] = [{ name, kind, alias, card: hashOf(card), promotedAt }, ...others];
  await makeFolder(folder);
  await writeFileAtomic(join(folder, FILE), `${JSON.stringify({ schemaVersion: 1, promoted }, null, 2)}\n`);
}

/** The model among these that was made champion last, of whatever kind; `null` where none was, or only one that has been trained anew since. */
export function championAmong(models: readonly StoredModel[], promoted: readonly PromotedModel[]): StoredModel | null {
  for (const one of promoted) {
    const found = one.alias === CHAMPION ? models.find((model) => isPromoted(model, one)) : undefined;
    if (found) return found;
  }
  return null;
}

/** The aliases that a model has. */
export function aliasesOf(model: StoredModel, promoted: readonly PromotedModel[]): string[] {
  return promoted.filter((one) => isPromoted(model, one)).map(({ alias }) => alias);
}

const isPromoted = ({ name, card }: StoredModel, one: PromotedModel): boolean => one.name === name && one.card === hashOf(card);

const hashOf = (card: ModelCard): string => hashJson({ ...card });

function parsed(text: string, path: string): PromotedModel[] {
  const damaged = (found: string, cause?: unknown): DataError => new DataError(`expected promoted models as swing train promote writes them, found ${found} in "${path}"; promote them again`, { code: 'BAD_MODEL_FILE', fields: { path }, cause });
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (cause) {
    throw damaged('what is no JSON', cause);
  }
  const { schemaVersion, promoted } = (content ?? {}) as { readonly schemaVersion?: unknown; readonly promoted?: unknown };
  if (schemaVersion !== 1 || !Array.isArray(promoted)) throw damaged(`schema version ${JSON.stringify(schemaVersion) ?? 'none'}`);
  const fields = ['name', 'kind', 'alias', 'card', 'promotedAt'] as const;
  for (const one of promoted as Partial<PromotedModel>[]) {
    const wrong = fields.find((field) => typeof one?.[field] !== 'string');
    if (wrong) throw damaged(`no text as ${wrong}`);
  }
  return promoted as PromotedModel[];
}
