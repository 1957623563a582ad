import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { AppError } from '../../core/errors.js';
import { workerEntry } from '../../core/worker-entry.js';
import type { BackendName, BackendReport } from '../../tensor/backend.js';
import { missing, ok, type Check } from './check.js';
import { runProgramFile } from './programs.js';

/** A backend of the tensor layer, opened in a process of its own, since a native library may take its process down. */
function tensorBackend(name: string, backend: BackendName, mend: string): Check {
  return {
    name,
    required: false,
    run: async ({ cwd, env, signal }) => {
      const script = `await import(${JSON.stringify(workerEntry(new URL('../../tensor/report-backend.js', import.meta.url)).href)})`;
      const { succeeded, said } = await runProgramFile(process.execPath, ['--input-type=module', '--eval', script, backend], { env, signal, timeoutMs: 30_000, cwd });
      if (!succeeded) return missing(reason(said), mend);
      // the library says things of its own
      const report = said.split('\n').find((line) => line.startsWith('{"name"'));
      if (report === undefined) return missing(`no report: ${reason(said)}`, mend);
      const { name: taken, reason: why, versions } = JSON.parse(report) as BackendReport;
      return ok(`${taken}: ${why} (${Object.entries(versions).map((entry) => entry.join(' ')).join(', ')})`);
    },
  };
}

/** The line of a failed process that says why. */
function reason(said: string): string {
  const lines = said.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return (lines.find((line) => /^(\w*Error|Error)\b/.test(line)) ?? lines.at(-1) ?? 'no reason given').slice(0, 160);
}

export const tensorBackends: readonly Check[] = [
  tensorBackend('tensors', 'auto', 'npm run build, and Node 22.18 or later'),
  tensorBackend('TensorFlow native', 'tensorflow', 'npm run native in a checkout (by choice, and as a cross-check)'),
  tensorBackend('TensorFlow GPU', 'gpu', 'npm run native -- --gpu in a checkout, on a machine with an NVIDIA GPU'),
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
