import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { PinnedFile } from './pinned-files.js';
import { runPython } from './python.js';
import type { Road } from './road.js';

const TIMEOUT_MS = 120_000;

/** The wheel by pip, which knows the machine's indexes, local folders, certificates and proxies. */
export const pipDownload: Road = {
  name: 'pip download',
  async take({ wheel }: PinnedFile, { environment, signal }) {
    const folder = await mkdtemp(join(tmpdir(), 'swinglab-'));
    try {
      const quiet = ['-q', '--disable-pip-version-check', '--no-input', '--retries', '1'];
      const choice = ['--no-deps', '--only-binary=:all:', ...wheel.pipOptions, `${wheel.project}==${wheel.version}`];
      const ended = await runPython(['-m', 'pip', 'download', ...quiet, '-d', folder, ...choice], { environment, signal, timeoutMs: TIMEOUT_MS });
      if (ended.kind === 'failed') return ended;
      const names = (await readdir(folder)).filter((name) => name.endsWith('.whl'));
      if (names.length !== 1) return { kind: 'failed', reason: `left ${names.length} wheels` };
      return { kind: 'wheel', bytes: await readFile(join(folder, names[0])) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
