import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { PACKAGE_ROOT } from '../package-root.js';
import { missing, ok, type Check } from './check.js';
import { findPackage, importBase } from './packages.js';
import { runProgramFile } from './programs.js';

/** A TensorFlow.js backend: installed, and loading in a process of its own, since a native library may take its process down. */
function tensorflow(name: string, packageName: string, use: string): Check {
  return {
    name,
    required: false,
    run: async ({ cwd, env, signal }) => {
      const found = await findPackage(packageName, [cwd]);
      if (found === null) return missing('not installed', `npm install ${packageName} (${use})`);
      const script = `await import(${JSON.stringify(packageName)})`;
      const { succeeded, said } = await runProgramFile(process.execPath, ['--input-type=module', '--eval', script], { env, signal, timeoutMs: 20_000, cwd: importBase(found, packageName) });
      return succeeded ? ok(found.version) : missing(`${found.version} is installed but does not load: ${reason(said)}`, `npm rebuild ${packageName}`);
    },
  };
}

/** The line of a failed process that says why. */
function reason(said: string): string {
  const lines = said.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return (lines.find((line) => /^(\w*Error|Error)\b/.test(line)) ?? lines.at(-1) ?? 'no reason given').slice(0, 160);
}

export const tensorflowBackends: readonly Check[] = [
  tensorflow('TensorFlow.js GPU', '@tensorflow/tfjs-node-gpu', 'wants an NVIDIA GPU with CUDA'),
  tensorflow('TensorFlow.js native', '@tensorflow/tfjs-node', 'by choice, and as a cross-check'),
  tensorflow('TensorFlow.js wasm', '@tensorflow/tfjs-backend-wasm', 'the default on a CPU'),
];

const LIBRARY = { win32: 'lib_lightgbm.dll', darwin: 'lib_lightgbm.dylib' } as Readonly<Partial<Record<NodeJS.Platform, string>>>;

export const lightgbm: Check = {
  name: 'LightGBM library',
  required: false,
  run: async ({ cwd, env }) => {
    const named = env['LIGHTGBM_LIB'];
    const candidates = named ? [resolve(cwd, named)] : [cwd, PACKAGE_ROOT].map((folder) => join(folder, 'vendor', LIBRARY[process.platform] ?? 'lib_lightgbm.so'));
    const path = candidates.find((candidate) => existsSync(candidate));
    const mend = 'pip install lightgbm, then set LIGHTGBM_LIB to <site-packages>/lightgbm/lib/lib_lightgbm.so';
    if (path === undefined) return missing(named ? `no file at LIGHTGBM_LIB "${named}"` : 'not installed', mend);
    return isLibrary(await readFile(path)) ? ok(path) : missing(`${path} is not a native library`, mend);
  },
};

/** Whether bytes begin as ELF, Mach-O or PE files do. */
function isLibrary(bytes: Buffer): boolean {
  return ['7f454c46', 'cffaedfe', 'cafebabe', '4d5a'].some((magic) => bytes.subarray(0, 4).toString('hex').startsWith(magic));
}
