/** Compiles the kernels (AssemblyScript): those of src/tensor beside their sources and into the built library, those of src/options into a module of theirs. */
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import asc from 'assemblyscript/asc';

async function compile(source, target, ...options) {
  const { error, stderr } = await asc.main([source, '--outFile', target, '-O3', '--noAssert', '--runtime', 'stub', '--use', 'abort=', '--enable', 'simd', '--enable', 'relaxed-simd', ...options]);
  if (error) {
    process.stderr.write(`${stderr.toString()}\n${String(error)}\n`);
    process.exit(1);
  }
}

const tensor = 'src/tensor/kernels/kernels.wasm';
await compile('src/tensor/kernels/assembly/index.ts', tensor, '--importMemory');
mkdirSync('dist/tensor/kernels', { recursive: true });
copyFileSync(tensor, 'dist/tensor/kernels/kernels.wasm');

// the calculations do no I/O: their code is part of a module
const options = 'src/options/pricing/kernels/kernels.wasm';
await compile('src/options/pricing/kernels/assembly/index.ts', options, '--initialMemory', '4', '--maximumMemory', '4');
const code = `/** Compiled from assembly/ by config/tools/build-kernels.mjs. */\nexport const CODE = '${readFileSync(options).toString('base64')}';\n`;
rmSync(options);
const module = 'src/options/pricing/kernels/code.ts';
let before = '';
try {
  before = readFileSync(module, 'utf8');
} catch {
  // the first time
}
if (before !== code) writeFileSync(module, code);
