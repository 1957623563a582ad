/**
 * Trains both sides on a series in the form of ETT, seed by seed and in turn, and compares what they forecast:
 * `node run.ts DATA [--python PATH] [--settings FILE] [--out FILE]`. Prints a table; `results.json` holds every run.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

interface Result {
  readonly model: string;
  readonly seed: number;
  readonly parameters: number;
  readonly test: Readonly<Record<string, { readonly loss: number; readonly risk: number }>>;
  readonly persistence: Result['test'];
  readonly history: readonly { readonly validation: number }[];
  readonly seconds: { readonly training: number; readonly test: number };
}

const here = import.meta.dirname;
const total = (figures: Result['test']): number => Object.values(figures).reduce((sum, { loss }) => sum + loss, 0);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const spread = (values: readonly number[]): number => Math.sqrt(values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1));

function ran(command: string, args: readonly string[], out: string): Result {
  const { status, error } = spawnSync(command, [...args, '--out', out], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`expected "${command} ${args.join(' ')}" to succeed, found ${error?.message ?? `exit code ${status}`}`);
  return JSON.parse(readFileSync(out, 'utf8')) as Result;
}

function row(name: string, results: readonly Result[]): string {
  const of = (figure: (result: Result) => number): string => {
    const values = results.map(figure);
    return results.length > 1 ? `${mean(values).toFixed(4)} ± ${spread(values).toFixed(4)}` : values[0].toFixed(4);
  };
  const quantiles = Object.keys(results[0].test);
  return `| ${[name, ...quantiles.map((q) => of(({ test }) => test[q].loss)), of(({ test }) => total(test)), of(({ history }) => Math.min(...history.map(({ validation }) => validation))), mean(results.map(({ seconds }) => seconds.training)).toFixed(0)].join(' | ')} |`;
}

function main(): void {
  const { values, positionals: [data] } = parseArgs({ allowPositionals: true, options: { python: { type: 'string', default: join(here, 'peer', '.venv', 'bin', 'python') }, settings: { type: 'string', default: join(here, 'settings.json') }, out: { type: 'string', default: join(here, 'results.json') } } });
  if (data === undefined) throw new Error('expected the path of a series in the form of ETT, found none');
  const { training } = JSON.parse(readFileSync(values.settings, 'utf8')) as { training: { seeds: readonly number[] } };
  const folder = mkdtempSync(join(tmpdir(), 'tft-ett-'));
  const [ours, peer]: [Result[], Result[]] = [[], []];
  for (const seed of training.seeds) {
    const shared = [data, '--seed', String(seed), '--settings', values.settings];
    ours.push(ran(process.execPath, [join(here, 'train.ts'), ...shared], join(folder, `ours-${seed}.json`)));
    peer.push(ran(values.python, [join(here, 'peer', 'train.py'), ...shared, '--threads', '1'], join(folder, `peer-${seed}.json`)));
  }
  rmSync(folder, { recursive: true });
  writeFileSync(values.out, `${JSON.stringify({ ours, peer })}\n`);
  const quantiles = Object.keys(ours[0].test);
  console.log(`| | ${quantiles.join(' | ')} | sum | least validation loss | training, s |\n|---|${'---:|'.repeat(quantiles.length + 3)}`);
  console.log(row(ours[0].model, ours));
  console.log(row(peer[0].model, peer));
  console.log(`| last value seen | ${quantiles.map((q) => ours[0].persistence[q].loss.toFixed(4)).join(' | ')} | ${total(ours[0].persistence).toFixed(4)} | | |`);
  console.log(`\nours / peer by the sum: ${(mean(ours.map(({ test }) => total(test))) / mean(peer.map(({ test }) => total(test)))).toFixed(3)}`);
}

main();
