import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { ConfigError } from '../core/errors.js';
import { PACKAGE_ROOT, packageVersion } from './package-root.js';

export interface WrittenFile {
  /** Relative to the project; folders end in `/`. */
  readonly name: string;
  readonly outcome: 'made' | 'replaced' | 'kept';
}

const NOTEBOOKS_README = `# Notebooks

TypeScript notebooks of this project, run by tslab in Jupyter. What they need, once:

    npm install --no-save tslab@1.0.22
    npx tslab install --user --binary "$PWD/node_modules/.bin/tslab"

Then \`jupyter notebook notebooks\`, and in the first cell:

    import { open } from "swinglab";

\`swing doctor\` tells whether Python, Jupyter and tslab were found.
`;

const GITIGNORE = `node_modules/
store/
runs/
.env
.ipynb_checkpoints/
`;

/**
 * Makes a project folder, or completes one: what exists stays unless `force`; `package.json` always stays.
 * @throws ConfigError `NOT_A_FOLDER`
 */
export async function makeProject(folder: string, { force }: { readonly force: boolean }): Promise<WrittenFile[]> {
  await makeFolder(folder, folder);
  const written: WrittenFile[] = [];
  for (const name of ['store', 'runs', 'notebooks']) written.push({ name: `${name}/`, outcome: await makeFolder(join(folder, name), name) });
  const put = async (name: string, text: string, mayReplace = force): Promise<void> => {
    written.push({ name, outcome: await writeOnce(join(folder, name), text, mayReplace) });
  };
  await put('config.yaml', await readFile(join(PACKAGE_ROOT, 'config', 'config.example.yaml'), 'utf8'));
  await put('.gitignore', GITIGNORE);
  await put('package.json', await packageJson(folder), false);
  await put('notebooks/README.md', NOTEBOOKS_README);
  for (const name of await templates()) await put(`notebooks/${name}`, await readFile(join(PACKAGE_ROOT, 'notebooks', name), 'utf8'));
  return written;
}

async function makeFolder(path: string, name: string): Promise<'made' | 'kept'> {
  try {
    return (await mkdir(path, { recursive: true })) === undefined ? 'kept' : 'made';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST' && code !== 'ENOTDIR') throw error;
    throw new ConfigError(`expected a folder, or nothing, at "${name}", found a file there or above it`, { code: 'NOT_A_FOLDER', fields: { path }, cause: error });
  }
}

async function writeOnce(path: string, text: string, mayReplace: boolean): Promise<WrittenFile['outcome']> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return 'made';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if (!mayReplace) return 'kept';
  }
  if ((await stat(path)).isDirectory()) throw new ConfigError(`expected a file, or nothing, at "${path}", found a folder`, { code: 'NOT_A_FILE', fields: { path } });
  await writeFile(path, text);
  return 'replaced';
}

async function packageJson(folder: string): Promise<string> {
  const content = {
    name: packageName(folder),
    version: '0.0.0',
    private: true,
    type: 'module',
    scripts: { daily: 'swing daily', doctor: 'swing doctor' },
    dependencies: { swinglab: `^${await packageVersion()}` },
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** npm wants lower case and few signs, and not the name of what is installed. */
function packageName(folder: string): string {
  const name = basename(folder).toLowerCase().replace(/[^a-z0-9-]+/g, '-').replace(/^-+|-+$/g, '');
  return name === '' || name === 'swinglab' ? 'swinglab-project' : name;
}

/** Notebooks that the package ships. */
async function templates(): Promise<string[]> {
  const names = await readdir(join(PACKAGE_ROOT, 'notebooks')).catch(() => []);
  return names.filter((name) => name.endsWith('.ipynb')).sort();
}
