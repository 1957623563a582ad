/**
 * Times ours against the library that a user would pick instead: `npm run bench -- NAME … [--runs N] [--threads N]`.
 * Both sides are long-lived processes that warm up once and then measure in turn, so that a busy machine slows both.
 * Prints one JSON line {bench, ours, peer, ratio, peerVersion, threads} a name: medians in seconds, ratio = ours / peer; where one side does
 * only a part of the work, {oursUnits, peerUnits} too, and the ratio is by the unit. What nobody else does has no peer: null, null.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import type { Check, Measured, Products, Ready } from './case.js';

const here = import.meta.dirname;
const MIN_RUNS = 7;
/** Benchmarks that are about the use of all cores; all others use one unless told otherwise. */
const OVER_ALL_CORES = ['grid'];
/** Benchmarks that stand for several, each with its environment, threads and the name of its row. */
const GROUPS: Readonly<Record<string, readonly Variant[]>> = {
  tensor: [
    { name: 'tft', label: 'tft, width 32', threads: 1, env: { BENCH_TFT_HIDDEN: '32' } },
    { name: 'tft', label: 'tft, width 32', threads: 2, env: { BENCH_TFT_HIDDEN: '32' } },
    { name: 'tft', label: 'tft, width 32, dropout 0.1', threads: 1, env: { BENCH_TFT_HIDDEN: '32', BENCH_TFT_DROPOUT: '0.1' } },
    { name: 'tft', label: 'tft, width 64', threads: 1, env: { BENCH_TFT_HIDDEN: '64' } },
  ],
};

interface Variant {
  readonly name: string;
  readonly label: string;
  readonly threads: number;
  readonly env: Readonly<Record<string, string>>;
}

/** What peers are run by: the file of pinned versions in `peers/` and the folder of their Python environment. */
interface Environment {
  readonly requirements: string;
  readonly folder: string;
}

const USUAL: Environment = { requirements: 'requirements.txt', folder: '.venv' };
/** A library that is large is not installed for who does not use it; one that needs older versions than the others has an environment of its own. */
const ENVIRONMENTS: Readonly<Record<string, Environment>> = {
  tft: { requirements: 'requirements-torch.txt', folder: '.venv' },
  'implied-volatility': { requirements: 'requirements-vollib.txt', folder: '.venv/vollib' },
};
/** Sums of millions of float64 in another order differ in the last digits. */
const CHECK_TOLERANCE = 1e-9;

function must(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, [...args], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) throw new Error(`expected "${command} ${args.join(' ')}" to succeed, found ${error?.message ?? `exit code ${status}`}; the peers need python3 with venv and pip (Debian: apt-get install python3-venv)`);
}

/** Makes the peers' Python environment, or renews it when the pinned versions of a file changed; returns its interpreter. */
function preparePeers({ requirements, folder }: Environment): string {
  const venv = join(here, folder);
  const python = join(venv, 'bin', 'python');
  const pinned = join(here, 'peers', requirements);
  const stamp = join(venv, requirements.replace(/\.txt$/, '.sha256'));
  const wanted = createHash('sha256').update(readFileSync(pinned)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return python;
  process.stderr.write(`installing the peers into ${venv}\n`);
  if (!existsSync(python)) must('python3', ['-m', 'venv', venv]);
  must(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', pinned]);
  writeFileSync(stamp, wanted);
  return python;
}

class Side {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(name: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    this.#name = name;
    this.#child = spawn(command, [...args], { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.#lines = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
  }

  async #next(): Promise<unknown> {
    const { value, done } = (await this.#lines.next()) as IteratorResult<string, undefined>;
    if (done) throw new Error(`expected an answer of ${this.#name}, found the end of its process`);
    return JSON.parse(value) as unknown;
  }

  async ready(): Promise<Ready> {
    return (await this.#next()) as Ready;
  }

  async measure(): Promise<Measured> {
    this.#child.stdin!.write('run\n');
    return (await this.#next()) as Measured;
  }

  close(): void {
    this.#child.stdin!.end();
  }
}

/** Throws unless both sides did the same work; what is drawn at random may differ by its own tolerance. */
function compare(ours: Check, peer: Check, tolerances: Check): void {
  for (const key of new Set([...Object.keys(ours), ...Object.keys(peer)])) {
    const [a, b] = [ours[key] ?? Number.NaN, peer[key] ?? Number.NaN];
    if (!(Math.abs(a - b) <= (tolerances[key] ?? CHECK_TOLERANCE * Math.max(1, Math.abs(b))))) throw new Error(`expected both sides to agree on "${key}", found ${a} (ours) and ${b} (peer)`);
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Share of the best product's speed, by the model's products; algebra makes fewer of them. */
const shares = ({ model, peak }: Products, seconds: number, threads: number): Readonly<Record<string, number>> => ({ peakGflops: digits(peak), modelShare: digits(model / seconds / threads / peak / 1e9) });

const digits = (value: number): number => Number(value.toPrecision(4));

async function bench({ name, label, threads, env: own }: Variant, runs: number): Promise<void> {
  const data = resolve(process.env['SWINGLAB_REALDATA'] ?? join(here, '../../../shared/data'));
  if (!existsSync(data)) throw new Error(`expected the real data in "${data}", found no such folder; name it by SWINGLAB_REALDATA`);
  const [hasPython, hasScript] = ['py', 'ts'].map((ending) => existsSync(join(here, 'peers', `${name}.${ending}`)));
  const python = hasPython ? preparePeers(ENVIRONMENTS[name] ?? USUAL) : null;
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1', BENCH_THREADS: String(threads), BENCH_DATA: data, ...own };
  const ours = new Side('ours', process.execPath, [join(here, 'ours.ts'), `ours/${name}`], env);
  const peer = python !== null ? new Side('the peer', python, [join(here, 'peers', 'serve.py'), name], env) : hasScript ? new Side('the peer', process.execPath, [join(here, 'ours.ts'), `peers/${name}`], env) : null;
  try {
    const { units: oursUnits = 1, tolerances = {}, products } = await ours.ready();
    const { version: peerVersion, units: peerUnits = 1 } = (await peer?.ready()) ?? { version: null };
    const seconds: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
    for (let i = 0; i < runs; i++) {
      const mine = await ours.measure();
      const theirs = await peer?.measure();
      seconds.ours.push(mine.seconds);
      if (theirs !== undefined) {
        compare(mine.check, theirs.check, tolerances);
        seconds.peer.push(theirs.seconds);
      }
      process.stderr.write(`${label} ${i + 1}/${runs}: ours ${mine.seconds.toFixed(4)} s${theirs === undefined ? '' : `, peer ${theirs.seconds.toFixed(4)} s`}\n`);
    }
    const [a, b] = [median(seconds.ours), peer === null ? null : median(seconds.peer)];
    const ratio = b === null ? null : digits(a / oursUnits / (b / peerUnits));
    console.log(JSON.stringify({ bench: label, ours: digits(a), peer: b === null ? null : digits(b), ratio, ...(b !== null && oursUnits !== peerUnits && { oursUnits, peerUnits }), ...(products && shares(products, a, threads)), peerVersion, threads }));
  } finally {
    ours.close();
    peer?.close();
  }
}

async function main(): Promise<void> {
  const names = readdirSync(join(here, 'ours')).map((file) => file.replace(/\.ts$/, ''));
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { runs: { type: 'string', default: String(MIN_RUNS) }, threads: { type: 'string' } } });
  const [runs, given] = [Number(values.runs), values.threads === undefined ? null : Number(values.threads)];
  const unknown = positionals.filter((name) => !names.includes(name) && !(name in GROUPS));
  if (positionals.length === 0 || unknown.length > 0) throw new Error(`expected one or more of the benchmarks ${[...names, ...Object.keys(GROUPS)].join(', ')}, found "${positionals.join(' ')}"`);
  if (!(Number.isInteger(runs) && runs >= MIN_RUNS)) throw new Error(`expected --runs of at least ${MIN_RUNS}, found "${values.runs}"`);
  if (!(given === null || (Number.isInteger(given) && given >= 1))) throw new Error(`expected --threads of at least 1, found "${values.threads}"`);
  const variants = positionals.flatMap((name) => GROUPS[name] ?? [{ name, label: name, threads: given ?? (OVER_ALL_CORES.includes(name) ? availableParallelism() : 1), env: {} }]);
  for (const variant of variants) await bench(variant, runs);
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
