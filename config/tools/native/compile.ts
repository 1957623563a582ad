import { join } from 'node:path';

import { BuildError, must, run } from './commands.ts';
import type { Layout } from './layout.ts';
import { NAPI_VERSION } from './pinned.ts';
import { LIBRARIES } from './wheel.ts';

/** Compiles the addons; the binding finds TensorFlow beside itself, so the folder may be moved. */
export function compile(layout: Layout): void {
  const include = [join(layout.packages, 'node-api-headers/include'), join(layout.tensorflow, 'include'), layout.binding].map((folder) => `-I${folder}`);
  const sources = [join(layout.binding, 'binding/tfjs_backend.cc'), join(layout.binding, 'binding/tfjs_binding.cc')];
  const link = [`-L${layout.tensorflow}`, ...LIBRARIES.map((name) => `-l:${name}`), '-Wl,-rpath,$ORIGIN/site/tensorflow'];
  const options = ['-std=c++17', '-O2', '-fPIC', '-shared', '-w', `-DNAPI_VERSION=${NAPI_VERSION}`, ...include];
  must('the binding to be compiled', 'g++', [...options, ...sources, '-o', layout.addon, ...link]);
  must('the quiet start to be compiled', 'g++', [...options, join(import.meta.dirname, 'quiet-start.cc'), '-o', layout.quietStart]);
}

export interface Loaded {
  /** Version that the library says of itself. */
  readonly tensorflow: string;
  /** Whether TensorFlow found a GPU and computes on it. */
  readonly usesGpu: boolean;
}

const PRINT = 'const b = require(process.argv[1]); process.stdout.write(JSON.stringify({ tensorflow: b.TF_Version, usesGpu: b.isUsingGpuDevice() }));';

/**
 * Loads the addon in a process of its own, which a library that does not fit may end.
 * @throws BuildError with what the loader said
 */
export function tryLoading(layout: Layout): Loaded {
  const { status, output, errors } = run(process.execPath, ['-e', PRINT, layout.addon]);
  if (status !== 0) throw new BuildError(`expected "${layout.addon}" to load in Node ${process.versions.node}, found exit code ${status}:\n${errors.trimEnd().split('\n').slice(0, 12).join('\n')}`);
  return JSON.parse(output) as Loaded;
}
