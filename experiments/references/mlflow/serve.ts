/**
 * Runs a command beside a real MLflow server: `node experiments/references/mlflow/serve.ts [-- COMMAND…]`.
 *
 * The server has an empty database in a temporary folder, which goes with it, and a free port of this machine; the command
 * finds it in `MLFLOW_TRACKING_URI`. Without a command it stays until it is interrupted. MLflow is installed into `.venv` beside this file at the
 * first time (850 MB), unless `MLFLOW_PYTHON` names a Python that has it.
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HERE = import.meta.dirname;
const START_S = 300;

const command = process.argv.slice(process.argv.indexOf('--') + 1);
const hasCommand = process.argv.includes('--') && command.length > 0;
const folder = mkdtempSync(join(tmpdir(), 'swinglab-mlflow-'));
const python = process.env['MLFLOW_PYTHON'] ?? installed();
const port = await freePort();
const address = `http://127.0.0.1:${port}`;
const log = join(folder, 'server.log');
const server = start();
process.exitCode = await beside(server).finally(() => end(server));

function installed(): string {
  const own = join(HERE, '.venv/bin/python');
  const present = existsSync(own) && spawnSync(own, ['-c', 'import mlflow, sys; sys.exit(mlflow.__version__ != "3.17.2")']).status === 0;
  if (present) return own;
  console.error('installing MLflow (850 MB)');
  run('python3', '-m', 'venv', join(HERE, '.venv'));
  run(own, '-m', 'pip', 'install', '--quiet', '-r', join(HERE, 'requirements.txt'));
  return own;
}

function run(...[program, ...rest]: [string, ...string[]]): void {
  const { status, error } = spawnSync(program, rest, { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`expected "${program} ${rest.join(' ')}" to succeed, found ${error?.message ?? `exit code ${status}`}`);
}

/** One worker, no job runner: lighter by two processes and half the time to start. */
function start(): ChildProcess {
  const options = ['--backend-store-uri', `sqlite:///${folder}/mlflow.db`, '--artifacts-destination', join(folder, 'artifacts'), '--host', '127.0.0.1', '--port', String(port), '--workers', '1'];
  const shell = `exec "$0" -m mlflow server "$@" >"${log}" 2>&1`;
  return spawn('sh', ['-c', shell, python, ...options], { stdio: 'ignore', detached: true, cwd: folder, env: { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false', MLFLOW_DISABLE_TELEMETRY: 'true' } });
}

async function beside(child: ChildProcess): Promise<number> {
  for (let waited = 0; !(await isReady()); waited += 0.5) {
    if (child.exitCode !== null || waited > START_S) throw new Error(`expected MLflow to start within ${START_S} s, found:\n${readFileSync(log, 'utf8').slice(-2000)}`);
    await sleep(500);
  }
  console.error(`MLflow answers at ${address}`);
  if (!hasCommand) {
    await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
    return 0;
  }
  const [program, ...rest] = command;
  const work = spawn(program, rest, { stdio: 'inherit', env: { ...process.env, MLFLOW_TRACKING_URI: address } });
  return new Promise((resolve, reject) => work.once('error', reject).once('close', (code) => resolve(code ?? 1)));
}

function isReady(): Promise<boolean> {
  return fetch(`${address}/health`).then(({ ok }) => ok, () => false);
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const { port: free } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return free;
}

/** The server has processes of its own, which end with their group. */
function end(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // ended already
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
