import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';

import type { ConfigError } from '../core/errors.js';
import { configError } from './errors.js';

const LARGEST_BYTES = 1_000_000;

/**
 * The configuration file in force: the one named, else `config.yaml` or `config/config.yaml` in the nearest folder from
 * `cwd` upwards that has one; `null` when there is none.
 * @throws ConfigError `BAD_CONFIG` when the named one does not exist, or is there under a name that is not read
 */
export async function findConfigFile(cwd: string, named?: string): Promise<string | null> {
  if (named !== undefined) return resolve(cwd, named);
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    for (const candidate of [join(folder, 'config.yaml'), join(folder, 'config', 'config.yaml')]) {
      if (await isFile(candidate)) return candidate;
    }
    if (folder === dirname(folder)) break;
  }
  const misnamed = join(resolve(cwd), 'config.yml');
  if (await isFile(misnamed)) throw badFile('config.yml', 'the name config.yaml', '"config.yml"; rename it, or name it with --config');
  return null;
}

/** The folder that relative paths in a configuration file belong to: its own, or the parent when that is called `config`. */
export function rootOf(file: string): string {
  const folder = dirname(file);
  return basename(folder) === 'config' ? dirname(folder) : folder;
}

/** A path as messages show it: relative to where the person stands when it is below, else absolute. */
export function shownPath(path: string, cwd: string): string {
  const near = relative(cwd, path);
  return near === '' || near.startsWith('..') ? path : near;
}

/**
 * The text of a configuration file.
 * @throws ConfigError `BAD_CONFIG`
 */
export async function readConfigText(path: string, label: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    const { size } = await stat(path);
    if (size > LARGEST_BYTES) throw badFile(label, `a file of at most ${LARGEST_BYTES} bytes`, `${size} bytes`);
    bytes = await readFile(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') throw badFile(label, 'a configuration file', 'no such file');
    if (code === 'EISDIR') throw badFile(label, 'a configuration file', 'a folder');
    if (code === 'EACCES' || code === 'EPERM') throw badFile(label, 'a configuration file that may be read', 'one that may not');
    throw error;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw badFile(label, 'text in UTF-8', 'other bytes');
  }
}

function badFile(where: string, expected: string, found: string): ConfigError {
  return configError([{ where, path: '', expected, found }]);
}

function isFile(path: string): Promise<boolean> {
  return stat(path).then((entry) => entry.isFile(), () => false);
}
