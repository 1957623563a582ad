'use strict';
/** One notebook in this process: `node run-notebook.cjs NOTEBOOK [--store]`; `run.cjs` is the command for people. */
const { readFileSync, renameSync, writeFileSync } = require('node:fs');
const { homedir, hostname, tmpdir } = require('node:os');
const { basename, dirname, join, resolve } = require('node:path');
const { setImmediate } = require('node:timers/promises');
const { chromiumPath, drawCharts } = require('./draw-charts.cjs');

const notebookPath = resolve(process.argv[2]);
const storing = process.argv.includes('--store');
/** Stored notebooks stay small enough to review and to clone. */
const MAX_STORED_BYTES = 1_000_000;
/** A chart as data: what `show` sends besides its page; stored notebooks hold a picture instead, which needs no script. */
const CHART = 'application/vnd.plotly.v1+json';

// the kernel's working directory is the notebook's folder, and tslab looks there while loading
process.chdir(dirname(notebookPath));
const { createConverter } = require('tslab/dist/converter');
const { createExecutor } = require('tslab/dist/executor');
const jupyter = require('tslab/dist/jupyter');
const { richConsole } = require('./jupyter/kernels/tslab/rich-display.cjs');

/** Text as nbformat stores it: lines that keep their end. */
const toLines = (text) => text.split(/(?<=\n)/);
const fromLines = (source) => (Array.isArray(source) ? source.join('') : source);

/** Collects what a cell prints and displays, in order. */
function captureOutputs() {
  const outputs = [];
  const byDisplayId = new Map();
  const { write: toStdout } = process.stdout;
  const { write: toStderr } = process.stderr;
  const collect = (name) => (chunk, encoding, callback) => {
    const text = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    const last = outputs.at(-1);
    if (last && last.output_type === 'stream' && last.name === name) last.text += text;
    else outputs.push({ output_type: 'stream', name, text });
    const done = typeof encoding === 'function' ? encoding : callback;
    if (done) process.nextTick(done);
    return true;
  };
  process.stdout.write = collect('stdout');
  process.stderr.write = collect('stderr');
  jupyter.lastWriteDisplayData = ({ data, metadata = {}, transient = {} }) => {
    const earlier = byDisplayId.get(transient.display_id);
    if (earlier) Object.assign(earlier, { data, metadata });
    else {
      const output = { output_type: 'display_data', data, metadata };
      outputs.push(output);
      if (transient.display_id !== undefined) byDisplayId.set(transient.display_id, output);
    }
  };
  const stop = () => {
    process.stdout.write = toStdout;
    process.stderr.write = toStderr;
  };
  return { outputs, stop };
}

/** A progress line that overwrites itself is stored as its last state. */
const lastState = (text) => text.replace(/[^\n]*\r(?!\n)/g, '');

const byName = ([a], [b]) => (a < b ? -1 : 1);

function toStored(output) {
  if (output.output_type === 'stream') return { ...output, text: toLines(lastState(output.text)) };
  const data = Object.fromEntries(Object.entries(output.data).sort(byName).map(([mime, value]) => [mime, typeof value === 'string' && !mime.startsWith('image/png') ? toLines(value) : value]));
  return { ...output, data };
}

const errorText = (outputs) => outputs.filter(({ name }) => name === 'stderr').map(({ text }) => text).join('').trim();

async function runCells(cells, executor) {
  let count = 0;
  for (const cell of cells) {
    const source = fromLines(cell.source);
    if (cell.cell_type !== 'code' || source.trim() === '') continue;
    const capture = captureOutputs();
    let ok = false;
    let thrown = '';
    try {
      ok = await executor.execute(source);
    } catch (error) {
      thrown = error?.stack ?? String(error);
    } finally {
      capture.stop();
    }
    count++;
    cell.execution_count = count;
    cell.outputs = capture.outputs;
    if (!ok) return { number: count, source, text: errorText(capture.outputs) || thrown || 'no message' };
  }
  return null;
}

/** What outputs say in letters, whether they are stored already or not. */
function wordsOf(cell) {
  return (cell.outputs ?? []).map(({ text, data }) => lastState(fromLines(text ?? data?.['text/plain'] ?? ''))).join('\n');
}

/** The outputs that readers see on a page must be those that the cells give. */
function checkStored(before, cells) {
  if (before.every((words) => words === '')) return; // never stored
  let number = 0;
  for (const [at, cell] of cells.entries()) {
    if (cell.cell_type === 'code') number++;
    const [stored, now] = [before[at].split('\n'), wordsOf(cell).split('\n')];
    const line = now.findIndex((words, i) => words !== stored[i]);
    if (line < 0 && now.length === stored.length) continue;
    const place = line < 0 ? now.length : line;
    throw new Error(`expected the stored output of code cell ${number} of ${basename(notebookPath)} to be what it gives, found "${stored[place] ?? ''}" stored and "${now[place] ?? ''}" given; store it again: npm run notebooks -- --store`);
  }
}

function checkSize(text, what) {
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_STORED_BYTES) throw new Error(`expected at most ${MAX_STORED_BYTES} bytes, found ${bytes} in ${what}`);
}

/** Puts a picture in the place of every chart. */
async function drawAll(cells) {
  const outputs = cells.flatMap((cell) => cell.outputs ?? []).filter(({ data }) => data?.[CHART]);
  const pictures = outputs.length > 0 ? await drawCharts(outputs.map(({ data }) => data[CHART])) : [];
  outputs.forEach((output, i) => (output.data = { 'image/png': pictures[i], 'text/plain': output.data['text/plain'] }));
}

/** Shorter names of machines and folders ("box", "/") may stand in a text by chance. */
const MIN_TELLING = 4;

/** What is stored must not depend on who stored it, or where. */
function checkPortable(cells) {
  const telling = { 'folder of the project': join(__dirname, '..'), 'home folder': homedir(), 'temporary folder': tmpdir(), 'machine name': hostname() };
  for (const [number, cell] of cells.filter(({ cell_type: type }) => type === 'code').entries()) {
    const text = cell.outputs.map(({ text, data }) => [text ?? '', ...Object.entries(data ?? {}).flatMap(([mime, value]) => (mime.startsWith('image/') ? [] : [JSON.stringify(value)]))].join('\n')).join('\n');
    const found = Object.entries(telling).find(([, word]) => word.length >= MIN_TELLING && text.includes(word));
    if (found) throw new Error(`expected outputs that are the same on every machine, found the ${found[0]} "${found[1]}" in code cell ${number + 1} of ${basename(notebookPath)}; nothing was stored`);
  }
}

async function store(notebook) {
  await drawAll(notebook.cells);
  checkPortable(notebook.cells);
  for (const cell of notebook.cells) if (cell.outputs) cell.outputs = cell.outputs.map(toStored);
  const text = `${JSON.stringify(notebook, null, 1)}\n`;
  checkSize(text, `the outputs of ${basename(notebookPath)}; nothing was stored`);
  writeFileSync(`${notebookPath}.part`, text);
  renameSync(`${notebookPath}.part`, notebookPath);
}

async function main() {
  const text = readFileSync(notebookPath, 'utf8');
  if (storing) chromiumPath();
  else checkSize(text, basename(notebookPath));
  const notebook = JSON.parse(text);
  const before = notebook.cells.map(wordsOf);
  const converter = createConverter({ isJS: false, isBrowser: false });
  const executor = createExecutor(process.cwd(), { node: converter, browser: converter, close: () => converter.close() }, richConsole(jupyter, console));
  const failure = await runCells(notebook.cells, executor);
  if (failure) {
    const head = failure.source.split('\n').slice(0, 12).map((line) => `  | ${line}`).join('\n');
    throw new Error(`code cell ${failure.number} of ${basename(notebookPath)} failed:\n${head}\n${failure.text}`);
  }
  if (storing) await store(notebook);
  else checkStored(before, notebook.cells);
}

let late;
process.on('unhandledRejection', (reason) => (late ??= { reason }));
// Node ends quietly when a cell awaits something that nothing will ever settle
process.exitCode = 1;

main()
  .then(() => setImmediate()) // Node tells of failed promises after those that wait were served
  .then(() => {
    if (late) throw new Error(`${basename(notebookPath)} left a promise that failed: ${late.reason?.stack ?? late.reason}`);
  })
  .then(
    () => process.exit(0),
    (error) => {
      process.stderr.write(`${error.message}\n`, () => process.exit(1));
    },
  );
