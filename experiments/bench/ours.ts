/** A side of ours, or one of TypeScript to compare with, as a long-lived process: `node ours.ts ours/NAME` warms up, then measures once for each line on stdin. */
import { createInterface } from 'node:readline';
import type { Case, Measured, Ready, Settings } from './case.js';

interface Module {
  readonly prepare: (settings: Settings) => Promise<Case<unknown>>;
}

const say = (message: Ready | Measured): void => void process.stdout.write(`${JSON.stringify(message)}\n`);

async function serve(name: string, settings: Settings): Promise<void> {
  const { prepare } = (await import(new URL(`${name}.ts`, import.meta.url).href)) as Module;
  const bench = await prepare(settings);
  await bench.run();
  const { version, units, tolerances, products } = bench;
  say({ ready: true, version, ...(units !== undefined && { units }), ...(tolerances !== undefined && { tolerances }), ...(products !== undefined && { products }) });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== 'run') break;
    const started = performance.now();
    const result = await bench.run();
    const seconds = (performance.now() - started) / 1000;
    say({ seconds, check: bench.check(result) });
  }
}

await serve(process.argv[2] ?? '', { threads: Number(process.env['BENCH_THREADS']), data: process.env['BENCH_DATA'] ?? '' });
