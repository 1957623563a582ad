import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { configSchema } from '../../src/config/schema.js';
import { loadConfig } from '../../src/config/load.js';
import { folderWith } from '../config/folder.js';
import { swing, type Ended } from './run.js';

const packageRoot = join(import.meta.dirname, '../..');
const commands = [() => import('../../src/cli/commands/init.js')];
const run = (cwd: string, ...argv: string[]): Promise<Ended> => swing(['init', ...argv], { cwd, commands });
const read = (...parts: string[]): Promise<string> => readFile(join(...parts), 'utf8');

describe('swing init', () => {
  it('makes a project whose configuration is valid, and says what comes next', async () => {
    const cwd = await folderWith({});
    const { code, stdout, stderr } = await run(cwd, 'My Project');
    const project = join(cwd, 'My Project');
    expect(code).toBe(0);
    expect((await readdir(project)).sort()).toEqual(['.gitignore', 'config.yaml', 'notebooks', 'package.json', 'runs', 'store']);
    expect(await read(project, 'config.yaml')).toBe(await read(packageRoot, 'config/config.example.yaml'));
    const loaded = await loadConfig({ cwd: project });
    expect(loaded.config).toEqual(configSchema.parse({}));
    expect(loaded.paths).toEqual({ store: join(project, 'store'), runs: join(project, 'runs'), models: join(project, 'models') });
    const { version } = JSON.parse(await read(packageRoot, 'package.json'));
    expect(JSON.parse(await read(project, 'package.json'))).toMatchObject({ name: 'my-project', private: true, dependencies: { swinglab: `^${version}` } });
    expect((await read(project, '.gitignore')).split('\n')).toEqual(expect.arrayContaining(['node_modules/', 'store/', 'runs/', '.env']));
    expect(stdout).toMatch(/^made {6}config\.yaml$/m);
    expect(stderr).toMatch(/cd My Project\n.*npm install.*\n.*swing doctor.*\n.*swing daily/);
  });

  it('copies the notebooks that the package ships, beside a README', async () => {
    const cwd = await folderWith({});
    await run(cwd);
    const shipped = (await readdir(join(packageRoot, 'notebooks'))).filter((name) => name.endsWith('.ipynb'));
    expect((await readdir(join(cwd, 'notebooks'))).sort()).toEqual(['README.md', ...shipped].sort());
  });

  it('keeps what exists and adds what is missing', async () => {
    const cwd = await folderWith({ 'config.yaml': 'seed: 1\n', 'notebooks/README.md': 'mine', 'store/manifest.json': '{}' });
    const { code, stdout, stderr } = await run(cwd);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^kept {6}config\.yaml$/m);
    expect(stdout).toMatch(/^made {6}\.gitignore$/m);
    expect(stderr).toContain('--force');
    expect(await read(cwd, 'config.yaml')).toBe('seed: 1\n');
    expect(await read(cwd, 'notebooks/README.md')).toBe('mine');
    expect(await read(cwd, 'store/manifest.json')).toBe('{}');
  });

  it('replaces its own files with --force, never package.json nor data', async () => {
    const cwd = await folderWith({ 'config.yaml': 'seed: 1\n', 'package.json': '{"name":"mine"}', 'store/manifest.json': '{}' });
    const { code, stdout } = await run(cwd, '.', '--force');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^replaced {2}config\.yaml$/m);
    expect(await read(cwd, 'config.yaml')).toBe(await read(packageRoot, 'config/config.example.yaml'));
    expect(await read(cwd, 'package.json')).toBe('{"name":"mine"}');
    expect(await read(cwd, 'store/manifest.json')).toBe('{}');
  });

  it.each(['taken', 'taken/below'])('refuses a place where a file stands: %s', async (folder) => {
    const cwd = await folderWith({ taken: 'x' });
    const { code, stderr } = await run(cwd, folder);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: expected a folder, or nothing, at ".*", found a file there or above it/);
    expect(await read(cwd, 'taken')).toBe('x');
  });

  it('refuses a file in the place of one of its folders, and a folder in the place of a file', async () => {
    const one = await folderWith({});
    await writeFile(join(one, 'store'), 'x');
    expect((await run(one)).code).toBe(2);
    const two = await folderWith({ 'config.yaml/inside': 'x' });
    expect((await run(two, '--force')).code).toBe(2);
  });
});
