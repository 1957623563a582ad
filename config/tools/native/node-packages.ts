import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { BuildError, must } from './commands.ts';
import type { Layout } from './layout.ts';
import { NODE_API_HEADERS, PROTOBUF, SOURCES, TFJS_VERSION, type Flavour } from './pinned.ts';

const STAND_IN = join(import.meta.dirname, 'tfjs-stand-in.cjs');

/**
 * Lays the packages of the binding into `node_modules` of the build: its JavaScript and C++, the headers of Node's addon interface, and for
 * `@tensorflow/tfjs` a stand-in that hands out the project's own core.
 * @throws BuildError where npm has no such package or it lacks a file that is compiled
 */
export function unpackPackages(flavour: Flavour, layout: Layout): void {
  const { binding } = SOURCES[flavour];
  for (const name of [`${binding}@${TFJS_VERSION}`, NODE_API_HEADERS, PROTOBUF]) unpack(name, layout);
  for (const file of ['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', 'dist/register_all_kernels.js', 'dist/nodejs_kernel_backend.js']) {
    if (!existsSync(join(layout.binding, file))) throw new BuildError(`expected "${file}" in ${binding}@${TFJS_VERSION}, found none`);
  }
  if (!existsSync(join(layout.packages, 'node-api-headers/include/node_api.h'))) throw new BuildError(`expected "include/node_api.h" in ${NODE_API_HEADERS}, found none`);
  const standIn = join(layout.packages, '@tensorflow/tfjs');
  mkdirSync(standIn, { recursive: true });
  copyFileSync(STAND_IN, join(standIn, 'index.js'));
  writeFileSync(join(standIn, 'package.json'), `${JSON.stringify({ name: '@tensorflow/tfjs', version: TFJS_VERSION, main: 'index.js' }, null, 2)}\n`);
}

function unpack(name: string, layout: Layout): void {
  const downloads = join(layout.folder, 'downloads');
  mkdirSync(downloads, { recursive: true });
  must(`the package ${name}`, 'npm', ['pack', '--silent', '--pack-destination', downloads, name]);
  const archive = readdirSync(downloads).find((file) => file.endsWith('.tgz'));
  if (archive === undefined) throw new BuildError(`expected npm to leave an archive of ${name} in "${downloads}", found none`);
  must(`${archive} to be unpacked`, 'python3', ['-m', 'tarfile', '--extract', join(downloads, archive), downloads]);
  const target = join(layout.packages, name.slice(0, name.lastIndexOf('@')));
  mkdirSync(dirname(target), { recursive: true });
  renameSync(join(downloads, 'package'), target);
  rmSync(downloads, { recursive: true });
}
