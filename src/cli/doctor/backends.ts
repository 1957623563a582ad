import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { AppError } from '../../core/errors.js';
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

export const lightgbm: Check = {
  name: 'LightGBM library',
  required: false,
  async run({ cwd, env, signal }) {
    const named = env['LIGHTGBM_LIB'];
    const { locateLightGbm } = await import('../../models/ranker/library/locate.js');
    try {
      const { path } = await locateLightGbm({ environment: { ...env, ...(named ? { LIGHTGBM_LIB: resolve(cwd, named) } : {}) }, download: false, signal });
      return isLibrary(await readFile(path)) ? ok(path) : missing(`${path} is not a native library`, 'unset LIGHTGBM_LIB, or name a lib_lightgbm 4.x in it');
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'NO_LIGHTGBM')) throw error;
      return missing(named ? error.message : 'not fetched yet: swing daily and swing train fetch it at first use', 'pip install lightgbm==4.7.0, or set LIGHTGBM_LIB to its lib_lightgbm');
    }
  },
};

/** Whether bytes begin as ELF, Mach-O or PE files do. */
function isLibrary(bytes: Buffer): boolean {
  return ['7f454c46', 'cffaedfe', 'cafebabe', '4d5a'].some((magic) => bytes.subarray(0, 4).toString('hex').startsWith(magic));
}
