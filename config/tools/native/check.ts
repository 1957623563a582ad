import { existsSync, readFileSync } from 'node:fs';

import { BuildError } from './commands.ts';
import { tryLoading } from './compile.ts';
import { folderOf, layoutOf } from './layout.ts';
import { whyNoGpu } from '../../../src/tensor/native/why-no-gpu.ts';
import { PLATFORMS, SOURCES, type Flavour } from './pinned.ts';
import { TOOLS, versionOf } from './tools.ts';

export interface Finding {
  readonly name: string;
  readonly found: string;
  readonly isFine: boolean;
}

/** What is there of what the build needs, and of what it leaves. */
export function check(flavour: Flavour): Finding[] {
  const platform = `${process.platform}-${process.arch}`;
  const tools = TOOLS.map((tool): Finding => {
    const version = versionOf(tool);
    return { name: tool.name, found: version ?? `none. ${tool.cure}`, isFine: version !== null };
  });
  return [{ name: 'platform', found: platform, isFine: PLATFORMS.includes(platform) }, ...tools, ...built(flavour)];
}

function built(flavour: Flavour): Finding[] {
  const layout = layoutOf(folderOf(flavour), SOURCES[flavour].binding);
  const name = `build in "${layout.folder}"`;
  if (!existsSync(layout.stamp)) return [{ name, found: `none: npm run native${flavour === 'gpu' ? ' -- --gpu' : ''}`, isFine: false }];
  try {
    const { tensorflow, usesGpu } = tryLoading(layout);
    const stamp = readFileSync(layout.stamp, 'utf8').trim().replaceAll(/\s+/g, ' ');
    const gpu: Finding[] = flavour === 'gpu' ? [{ name: 'GPU', found: usesGpu ? 'used' : `none: ${whyNoGpu()}`, isFine: usesGpu }] : [];
    return [{ name, found: `loads, TensorFlow ${tensorflow}; ${stamp}`, isFine: true }, ...gpu];
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return [{ name, found: error.message, isFine: false }];
  }
}
