import { spawn } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { createRng } from '../../src/core/rng.js';
import { workerEntry } from '../../src/core/worker-entry.js';
import { temporaryFolder } from '../pipeline/small-market.js';

/** A few each time; `npm run verify:full` kills more often. */
const KILLS = Number(process.env['SWINGLAB_KILLS'] ?? 4);
const STEPS = 320;

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
});
afterAll(() => place.remove());

/** Trains in a process of its own; killed at a step, a moment later so that it strikes anywhere between two. */
function child(folder: string, kill: { readonly step: number; readonly ms: number } | null): Promise<{ readonly signal: string | null; readonly lines: readonly string[]; readonly said: string }> {
  const script = `await import(${JSON.stringify(workerEntry(new URL('./kill-child.js', import.meta.url)).href)})`;
  const started = spawn(process.execPath, ['--input-type=module', '--eval', script, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, said] = ['', ''];
  let isStruck = false;
  started.stderr.on('data', (part: Buffer) => (said += part.toString()));
  started.stdout.on('data', (part: Buffer) => {
    out += part.toString();
    if (kill === null || isStruck || !new RegExp(`^step (${kill.step}|${kill.step + 1}|${kill.step + 2})$`, 'm').test(out)) return;
    isStruck = true;
    setTimeout(() => started.kill('SIGKILL'), kill.ms);
  });
  return new Promise((resolve) => started.on('close', (_, signal) => resolve({ signal, lines: out.trim().split('\n'), said })));
}

describe('a training that is killed at any moment and resumed', () => {
  it('ends with the weights of one that was not, bit for bit', { timeout: 60_000 + 20_000 * KILLS }, async () => {
    const whole = await child(join(place.folder, 'whole'), null);
    expect(whole.said).toBe('');
    const weights = whole.lines.at(-1)!;
    expect(weights).toMatch(/^weights /);
    const rng = createRng(20180207);
    let struck = 0;
    for (let i = 0; i < KILLS; i++) {
      const folder = join(place.folder, `killed ${i}`);
      const first = await child(folder, { step: rng.integer(1, STEPS - 40), ms: rng.integer(0, 5) });
      if (first.signal === 'SIGKILL') struck++;
      if (i % 2 === 0) await child(folder, { step: rng.integer(STEPS / 2, STEPS - 40), ms: rng.integer(0, 5) }); // twice
      await cp(folder, `${folder} as it was left`, { recursive: true }).catch(() => undefined);
      const rest = await child(folder, null);
      expect(rest.said, folder).toBe('');
      expect(rest.lines.at(-1), folder).toBe(weights);
      // it went on rather than began anew, wherever it had come to its first checkpoint
      const reached = Number(/step (\d+)$/.exec(first.lines.at(-1)!)?.[1] ?? 0);
      if (reached > 14) expect(Number(/^started (\d+)$/.exec(rest.lines[0])![1]), folder).toBeGreaterThan(0);
    }
    expect(struck).toBeGreaterThanOrEqual(Math.ceil(KILLS / 2));
  });
});
