/**
 * Builds TensorFlow.js on the native TensorFlow library: `npm run native [-- --gpu] [--force]` puts it into `.native/`, `npm run native -- --check`
 * says what is there.
 *
 * The binding of `@tensorflow/tfjs-node` (C++, npm) is compiled against the TensorFlow library of the Python wheel; nothing is fetched but packages
 * of the npm registry and of pip's index. A few minutes, 1.1 GB on disk; with `--gpu` about 6 GB, NVIDIA's libraries among them.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { check } from './check.ts';
import { BuildError } from './commands.ts';
import { compile, tryLoading } from './compile.ts';
import { folderOf, layoutOf, ROOT, type Layout } from './layout.ts';
import { unpackPackages } from './node-packages.ts';
import { whyNoGpu } from '../../../src/tensor/native/why-no-gpu.ts';
import { NODE_API_HEADERS, SOURCES, TENSORFLOW_VERSION, TFJS_VERSION, type Flavour } from './pinned.ts';
import { requireTools } from './tools.ts';
import { unpackTensorFlow } from './wheel.ts';

const say = (text: string): boolean => process.stderr.write(`${text}\n`);

/** Two copies of the core are two engines, and a kernel meant for one version of it need not fit another. */
function requireCore(): void {
  const file = join(ROOT, 'node_modules/@tensorflow/tfjs-core/package.json');
  if (!existsSync(file)) throw new BuildError(`expected @tensorflow/tfjs-core in "${ROOT}", found none: npm ci`);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string };
  if (version !== TFJS_VERSION) throw new BuildError(`expected @tensorflow/tfjs-core ${TFJS_VERSION}, as the binding is, found ${version}`);
}

function describe(flavour: Flavour): string {
  const { binding, wheel } = SOURCES[flavour];
  return `${JSON.stringify({ package: binding, tfjs: TFJS_VERSION, wheel: `${wheel}==${TENSORFLOW_VERSION}`, headers: NODE_API_HEADERS }, null, 2)}\n`;
}

function isBuilt({ stamp, addon, quietStart }: Layout, wanted: string): boolean {
  return [addon, quietStart, stamp].every((path) => existsSync(path)) && readFileSync(stamp, 'utf8') === wanted;
}

function build(flavour: Flavour): Layout {
  const { binding, wheel } = SOURCES[flavour];
  const target = layoutOf(folderOf(flavour), binding);
  const partial = layoutOf(`${target.folder}.partial`, binding);
  rmSync(partial.folder, { recursive: true, force: true });
  mkdirSync(partial.folder, { recursive: true });
  say(`fetching ${wheel} ${TENSORFLOW_VERSION}`);
  unpackTensorFlow(flavour, partial);
  say(`fetching ${binding} ${TFJS_VERSION}`);
  unpackPackages(flavour, partial);
  say('compiling');
  compile(partial);
  tryLoading(partial);
  // the headers were for the compiler only
  rmSync(join(partial.tensorflow, 'include'), { recursive: true });
  writeFileSync(partial.stamp, describe(flavour));
  rmSync(target.folder, { recursive: true, force: true });
  renameSync(partial.folder, target.folder);
  return target;
}

function tell(layout: Layout, flavour: Flavour): void {
  const { tensorflow, usesGpu } = tryLoading(layout);
  console.log(`${SOURCES[flavour].binding} ${TFJS_VERSION} on TensorFlow ${tensorflow} in "${layout.folder}"`);
  if (flavour === 'gpu' && !usesGpu) throw new BuildError(`expected TensorFlow to see a GPU, found none: ${whyNoGpu()}`);
}

function main(): void {
  const { values } = parseArgs({ options: { gpu: { type: 'boolean', default: false }, check: { type: 'boolean', default: false }, force: { type: 'boolean', default: false } } });
  const flavour: Flavour = values.gpu ? 'gpu' : 'cpu';
  if (values.check) {
    const findings = check(flavour);
    for (const { name, found, isFine } of findings) console.log(`${isFine ? 'ok     ' : 'MISSING'} ${name}: ${found}`);
    process.exitCode = findings.every(({ isFine }) => isFine) ? 0 : 1;
    return;
  }
  requireTools();
  requireCore();
  const built = layoutOf(folderOf(flavour), SOURCES[flavour].binding);
  tell(!values.force && isBuilt(built, describe(flavour)) ? built : build(flavour), flavour);
}

try {
  main();
} catch (error) {
  if (!(error instanceof BuildError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
