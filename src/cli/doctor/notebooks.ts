import { join } from 'node:path';

import { PACKAGE_ROOT } from '../package-root.js';
import { missing, ok, type Check, type CheckResult, type DoctorSurroundings } from './check.js';
import { findPackage } from './packages.js';
import { findProgram, runProgramFile } from './programs.js';

async function versionOf(names: readonly string[], { env, signal }: DoctorSurroundings, absent: CheckResult): Promise<CheckResult> {
  const path = await findProgram(names, env);
  if (path === null) return absent;
  const { succeeded, said } = await runProgramFile(path, ['--version'], { env, signal, timeoutMs: 10_000 });
  const line = /^.*\d+\.\d+.*$/m.exec(said)?.[0].replace(/\s+:?\s*/g, ' ').trim() ?? '';
  return succeeded ? ok(`${line} (${path})`) : missing(`${path} does not run`, absent.mend);
}

export const chromium: Check = {
  name: 'Chromium',
  required: false,
  run: (surroundings) => versionOf(['chromium', 'chromium-browser', 'google-chrome'], surroundings, missing('not installed', 'only the checks of reports use it: apt-get install chromium')),
};

export const python: Check = {
  name: 'Python',
  required: false,
  run: (surroundings) => versionOf(['python3', 'python'], surroundings, missing('not installed', 'only Jupyter needs it: apt-get install python3')),
};

export const jupyter: Check = {
  name: 'Jupyter',
  required: false,
  run: (surroundings) => versionOf(['jupyter'], surroundings, missing('not installed', 'notebooks run in it: pip install notebook')),
};

export const tslab: Check = {
  name: 'tslab',
  required: false,
  run: async ({ cwd, env }) => {
    const found = await findPackage('tslab', [cwd, join(cwd, 'notebooks'), join(PACKAGE_ROOT, 'notebooks')]);
    if (found !== null) return ok(found.version);
    const path = await findProgram(['tslab'], env);
    return path === null ? missing('not installed', 'the kernel of the notebooks: npm install tslab@1.0.22, see notebooks/README.md') : ok(path);
  },
};
