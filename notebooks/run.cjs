'use strict';
/**
 * Executes notebooks without Jupyter: `node run.cjs [--store] [--timeout SECONDS] [NOTEBOOK…]` (all of this folder
 * when none is named). Each runs in a process of its own, with its folder as working directory, as in Jupyter.
 * Exit code 0: every cell of every notebook ran and gave what is stored; 1: one did not, its text is printed; 2: wrong arguments.
 * `--store` stores the outputs in the notebooks, charts as pictures, for which it needs Chromium; running alone needs none.
 */
const { spawn } = require('node:child_process');
const { existsSync, readdirSync } = require('node:fs');
const { basename, join, resolve } = require('node:path');
const { parseArgs } = require('node:util');

/** The Node that the kernel starts, whichever one started this. */
const KERNEL_NODE = join(__dirname, 'node_modules', '.bin', 'node');
const NODE = existsSync(KERNEL_NODE) ? KERNEL_NODE : process.execPath;

const USAGE = 'usage: node run.cjs [--store] [--timeout SECONDS] [NOTEBOOK…]';

function readArguments() {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { store: { type: 'boolean', default: false }, timeout: { type: 'string', default: '600' } } });
  const seconds = Number(values.timeout);
  if (!(seconds > 0)) throw new Error(`expected --timeout in seconds, found "${values.timeout}"`);
  const missing = positionals.filter((path) => !existsSync(path));
  if (missing.length > 0) throw new Error(`expected existing notebooks, found no file "${missing.join('", "')}"`);
  const here = readdirSync(__dirname).filter((name) => name.endsWith('.ipynb')).sort().map((name) => join(__dirname, name));
  return { notebooks: positionals.length > 0 ? positionals.map((path) => resolve(path)) : here, store: values.store, timeoutMs: seconds * 1000 };
}

function runOne(notebook, { store, timeoutMs }) {
  return new Promise((settle) => {
    const child = spawn(NODE, [join(__dirname, 'run-notebook.cjs'), notebook, ...(store ? ['--store'] : [])], { stdio: ['ignore', 'inherit', 'inherit'], timeout: timeoutMs, killSignal: 'SIGKILL' });
    child.on('error', (error) => settle(error.message));
    child.on('close', (code, signal) => {
      if (signal) settle(`ended by ${signal}${signal === 'SIGKILL' ? ` (limit ${timeoutMs / 1000} s)` : ''}`);
      else settle(code === 0 ? null : `exit code ${code}`);
    });
  });
}

async function main() {
  const settings = readArguments();
  let failed = 0;
  for (const notebook of settings.notebooks) {
    const started = performance.now();
    const problem = await runOne(notebook, settings);
    if (problem !== null) failed++;
    console.log(`${problem === null ? 'ok    ' : 'FAILED'} ${basename(notebook)} ${((performance.now() - started) / 1000).toFixed(1)} s${problem === null ? '' : `: ${problem}`}`);
  }
  console.log(`notebooks: ${settings.notebooks.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

main().catch((error) => {
  console.error(`${error.message}\n${USAGE}`);
  process.exitCode = 2;
});
