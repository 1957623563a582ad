import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import layers from '../../config/tools/layers.cjs';

export interface Breach {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface Cruised {
  readonly fileCount: number;
  readonly breaches: readonly Breach[];
}

/** Applies the layer rules to folders below `root` (given with forward slashes). */
export async function cruiseTree(root: string, folders: readonly string[]): Promise<Cruised> {
  const { output } = await cruise([...folders], { ...layers.options, baseDir: root, ruleSet: { forbidden: layers.forbidden }, validate: true, outputType: undefined as never });
  const result = output as ICruiseResult;
  return {
    fileCount: result.modules.filter((module) => /^(src|experiments|notebooks)\//.test(module.source)).length,
    breaches: result.summary.violations.map((violation) => ({ rule: violation.rule.name, from: violation.from, to: violation.to })),
  };
}

/** Writes `files` (path → text) to a folder of its own, applies the layer rules there, and removes it. */
export async function cruiseFiles(files: Readonly<Record<string, string>>): Promise<Cruised> {
  const root = await mkdtemp(join(tmpdir(), 'layers-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    }
    const folders = [...new Set(Object.keys(files).map((path) => path.split('/')[0]))];
    return await cruiseTree(root, folders);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}
