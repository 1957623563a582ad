import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { BuildError, must, run } from './commands.ts';
import type { Layout } from './layout.ts';
import { SOURCES, TENSORFLOW_VERSION, WHEEL_PYTHON, type Flavour } from './pinned.ts';

const UNPACK = join(import.meta.dirname, 'unpack.py');
const WANTED = ['tensorflow/libtensorflow_*.so.2', 'tensorflow/include/tensorflow/c/*', 'tensorflow/include/tensorflow/core/platform/*', 'tensorflow/include/xla/tsl/*', 'tensorflow/include/tsl/*', 'tensorflow-*.dist-info/METADATA'];
const HEADERS = ['tensorflow/c/c_api.h', 'tensorflow/c/eager/c_api.h', 'tensorflow/core/platform/ctstring_internal.h'];

export const LIBRARIES: readonly string[] = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'];

const PIP = ['-m', 'pip', '--disable-pip-version-check', '--quiet'];
const FOR_WHEEL = ['--no-deps', '--only-binary=:all:', '--python-version', WHEEL_PYTHON];

/**
 * Fetches TensorFlow's wheel and unpacks its library and headers, for a GPU also NVIDIA's libraries that the wheel names.
 * @throws BuildError where there is no such wheel, or where it lacks a library or header
 */
export function unpackTensorFlow(flavour: Flavour, layout: Layout): void {
  const downloads = join(layout.folder, 'downloads');
  mkdirSync(downloads, { recursive: true });
  const wheel = download(`${SOURCES[flavour].wheel}==${TENSORFLOW_VERSION}`, downloads);
  must('the library to be unpacked', 'python3', [UNPACK, wheel, layout.site, ...WANTED]);
  for (const name of LIBRARIES) requireFile(join(layout.tensorflow, name), wheel);
  for (const name of HEADERS) requireFile(join(layout.tensorflow, 'include', name), wheel);
  if (flavour === 'gpu') installCuda(wheel, layout);
  rmSync(downloads, { recursive: true });
}

function download(requirement: string, folder: string): string {
  const { status, errors } = run('python3', [...PIP, 'download', ...FOR_WHEEL, '--dest', folder, requirement]);
  if (status !== 0) throw new BuildError(`expected a wheel of ${requirement} for ${process.platform}-${process.arch} (Python ${WHEEL_PYTHON}) in pip's index, found none:\n${errors.trimEnd()}`);
  const name = readdirSync(folder).find((file) => file.endsWith('.whl'));
  if (name === undefined) throw new BuildError(`expected pip to leave a wheel of ${requirement} in "${folder}", found ${readdirSync(folder).join(', ') || 'nothing'}`);
  return join(folder, name);
}

function requireFile(path: string, wheel: string): void {
  if (!existsSync(path)) throw new BuildError(`expected "${path}" to come out of ${wheel}, found none: this version of the wheel is laid otherwise`);
}

/** The libraries of the extra `and-cuda`, beside TensorFlow as pip would lay them, where its own search path finds them. */
function installCuda(wheel: string, layout: Layout): void {
  const required = cudaRequirements(must("the wheel's metadata", 'python3', [UNPACK, wheel, layout.site]));
  if (required.length === 0) throw new BuildError(`expected ${wheel} to name NVIDIA's libraries under the extra "and-cuda", found none`);
  must("NVIDIA's libraries", 'python3', [...PIP, 'install', ...FOR_WHEEL, '--target', layout.site, ...required]);
}

/** What METADATA of a wheel requires for the extra `and-cuda`, as pip takes it. */
export function cudaRequirements(metadata: string): string[] {
  return Array.from(metadata.matchAll(/^Requires-Dist: ([^;\n]+);[^\n]*extra == ["']and-cuda["']/gm), ([, requirement]) => requirement.replaceAll(/[\s()]/g, ''));
}
