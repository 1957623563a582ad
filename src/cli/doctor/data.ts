import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { hashFile } from '../../core/hash.js';
import { PACKAGE_ROOT } from '../package-root.js';
import { missing, ok, warn, type Check } from './check.js';

export const duckdb: Check = {
  name: 'DuckDB',
  required: true,
  run: async () => {
    const { rows, withDuckDB } = await import('../../data/store/duckdb.js');
    try {
      const [row] = await withDuckDB((connection) => rows(connection, 'select version() as version, 6 * 7 as answer'));
      return row?.['answer'] === 42 ? ok(String(row['version'])) : missing(`a wrong answer: ${JSON.stringify(row)}`, 'install swinglab again');
    } catch (error) {
      return missing(error instanceof Error ? error.message : String(error), 'install swinglab again, for this platform and without --omit=optional');
    }
  },
};

interface SampleSource {
  readonly datasets: Readonly<Record<string, { readonly file: string; readonly rows: number; readonly sha256: string }>>;
}

export const bundledSample: Check = {
  name: 'Bundled sample',
  required: true,
  run: async ({ signal }) => {
    const folder = join(PACKAGE_ROOT, 'data', 'sample');
    const mend = 'install swinglab again; its files are not as published';
    const text = await readFile(join(folder, 'source.json'), 'utf8').catch(() => null);
    if (text === null) return missing(`nothing in ${folder}`, mend);
    const entries = Object.entries((JSON.parse(text) as SampleSource).datasets);
    const damaged: string[] = [];
    for (const [name, { file, sha256 }] of entries) {
      if ((await hashFile(join(folder, file), { signal }).catch(() => null)) !== sha256) damaged.push(name);
    }
    if (damaged.length > 0) return missing(`damaged or absent: ${damaged.join(', ')}`, mend);
    return ok(entries.map(([name, { rows }]) => `${name} ${rows.toLocaleString('en')}`).join(', '));
  },
};

export const configuration: Check = {
  name: 'Configuration',
  required: true,
  run: async ({ config }) => {
    if (config instanceof Error) return missing(config.message, 'mend these, then: swing config check');
    return config.file === null ? warn('no file, defaults', 'swing init makes one') : ok(config.file);
  },
};

export const store: Check = {
  name: 'Store',
  required: true,
  run: async ({ config }) => {
    if (config instanceof Error) return missing('not known without a configuration', 'swing config check');
    const { Store } = await import('../../data/store/store.js');
    const folder = config.paths.store;
    const { datasets } = await (await Store.open(folder)).manifest();
    const held = Object.entries(datasets).filter(([, { rows }]) => rows > 0);
    if (held.length === 0) return warn(`nothing yet in ${folder}`, 'swing daily uses the bundled sample; swing data import brings your own');
    return ok(held.map(([name, { rows, lastDate }]) => `${name} ${rows.toLocaleString('en')}${lastDate === null ? '' : ` to ${lastDate}`}`).join(', '));
  },
};
