'use strict';
/**
 * Opens the notebooks in Jupyter with the TypeScript kernel of this folder: `npm run lab [-- ARGUMENTS OF JUPYTER]`.
 * Takes JupyterLab where it is installed, else the classic notebook.
 */
const { spawn, spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { delimiter, join } = require('node:path');

const HOW_TO_INSTALL = 'Debian: apt-get install jupyter-notebook; elsewhere: pip install jupyterlab (docs/LOCAL_SETUP.md)';

const works = (program) => spawnSync('jupyter', [program, '--version'], { stdio: 'ignore' }).status === 0;

function fail(message) {
  console.error(message);
  process.exit(1);
}

if (!existsSync(join(__dirname, 'node_modules', 'tslab'))) fail('expected the notebook package to be installed, found no tslab: npm --prefix notebooks ci');
const program = ['lab', 'notebook'].find(works);
if (!program) fail(`expected Jupyter on PATH, found neither "jupyter lab" nor "jupyter notebook". ${HOW_TO_INSTALL}`);

const path = [join(__dirname, 'jupyter'), process.env.JUPYTER_PATH].filter(Boolean).join(delimiter);
const child = spawn('jupyter', [program, ...process.argv.slice(2)], { cwd: __dirname, stdio: 'inherit', env: { ...process.env, JUPYTER_PATH: path } });
// Jupyter asks before it ends on Ctrl-C; this process waits for its answer
process.on('SIGINT', () => {});
child.on('error', (error) => fail(error.message));
child.on('close', (code) => process.exit(code ?? 1));
