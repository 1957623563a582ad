/** Compiles the kernels of src/tensor (AssemblyScript) beside their sources and into the built library. */
import { copyFileSync, mkdirSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const target = 'src/tensor/kernels/kernels.wasm';
const { error, stderr } = await asc.main(['src/tensor/kernels/assembly/index.ts', '--outFile', target, '-O3', '--noAssert', '--runtime', 'stub', '--importMemory', '--use', 'abort=', '--enable', 'simd', '--enable', 'relaxed-simd']);
if (error) {
  process.stderr.write(`${stderr.toString()}\n${String(error)}\n`);
  process.exit(1);
}
mkdirSync('dist/tensor/kernels', { recursive: true });
copyFileSync(target, 'dist/tensor/kernels/kernels.wasm');
