import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { folderWith } from '../config/folder.js';
import type { Ended } from './run.js';

const root = join(import.meta.dirname, '../..');
/** As it is built: what a person starts. */
const built = join(root, 'dist/cli/main.js');

function node(args: readonly string[], cwd = root): Promise<Ended> {
  return new Promise((settle) => {
    execFile(process.execPath, [...args], { cwd }, (error, stdout, stderr) => settle({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }));
  });
}

const pretending = (version: string): string[] => ['--import', `data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '${version}' })`];

describe('the binary', () => {
  it.each(['20.20.2', '22.17.9', '8.0.0'])('refuses Node %s with one line', async (version) => {
    const { code, stdout, stderr } = await node([...pretending(version), built, '--version']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe(`error: expected Node 22.18 or later, found ${version} (${process.execPath})\n`);
  });

  it.each(['22.18.0', '23.0.0', '100.1.0'])('runs on Node %s', async (version) => {
    expect(await node([...pretending(version), built, '--version'])).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
  });

  it('ends with the code of the error', async () => {
    const cwd = await folderWith({ 'config.yaml': 'sede: 1\n' });
    expect(await node([built, 'config', 'check'], cwd)).toEqual({ code: 2, stdout: '', stderr: 'error: config.yaml:1:1: sede: expected a known key, found "sede"; did you mean "seed"?\n' });
  });

  it('is quiet when the reader of its output goes away', async () => {
    const child = spawn(process.execPath, [built, 'config', 'show'], { cwd: await folderWith({}), stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number];
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
