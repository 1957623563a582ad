import { join, resolve } from 'node:path';

import type { Flavour } from './pinned.ts';

export const ROOT = resolve(import.meta.dirname, '../../..');
/** One folder a flavour, each complete in itself; `src/tensor/native` looks for them here. */
export const STORE = join(ROOT, '.native');

/** Where the parts of a build lie, below its folder. */
export interface Layout {
  readonly folder: string;
  /** Unpacked wheels, laid as Python lays them, for the libraries find each other by this. */
  readonly site: string;
  readonly tensorflow: string;
  readonly packages: string;
  readonly binding: string;
  readonly addon: string;
  /** To be loaded before the other. */
  readonly quietStart: string;
  readonly stamp: string;
}

export function layoutOf(folder: string, bindingPackage: string): Layout {
  const site = join(folder, 'site');
  const packages = join(folder, 'node_modules');
  return { folder, site, tensorflow: join(site, 'tensorflow'), packages, binding: join(packages, bindingPackage), addon: join(folder, 'tfjs_binding.node'), quietStart: join(folder, 'quiet_start.node'), stamp: join(folder, 'build.json') };
}

export const folderOf = (flavour: Flavour): string => join(STORE, flavour);
