import { describe, expect, it } from 'vitest';

import { requireFeatureNames } from '../../src/config/feature-rules.js';
import { loadConfig } from '../../src/config/load.js';
import { folderWith } from './folder.js';

/** What is told about a configuration, a line a problem; empty when nothing. */
async function told(text: string, overrides: readonly string[] = []): Promise<string[]> {
  const loaded = await loadConfig({ cwd: await folderWith({ 'config.yaml': text }), overrides });
  const error = await requireFeatureNames(loaded).then(() => null, (reason: unknown) => reason as Error);
  return error === null ? [] : error.message.split('\n').map((line) => line.trim());
}

describe('names of features in the configuration', () => {
  it('are all looked up, and everything is told at once with its place', async () => {
    const text = `features:
  use: [mine, momentm]
  show: [rsi]
  sets:
    momentum: [return-1]
    core: [beta-60]
    return-5: [return-1]
    mine: [return-1, nonexistent]
    loop: [loop2]
    loop2: [loop]
`;
    expect(await told(text)).toEqual([
      '7 problems in the configuration:',
      'config.yaml:2:15: features.use: expected a feature, a family or a set, found "momentm"; the nearest names are momentum',
      'config.yaml:3:10: features.show: expected a feature, a family or a set, found "rsi"; the nearest names are cutler-rsi-2, cutler-rsi-14',
      'config.yaml:5:5: features.sets.momentum: expected a name of its own for an own set, found "momentum"; "momentum" is a family',
      'config.yaml:6:5: features.sets.core: expected a name of its own for an own set, found "core"; "core" is a set that is always there',
      'config.yaml:7:5: features.sets.return-5: expected a name of its own for an own set, found "return-5"; "return-5" is a feature',
      'config.yaml:8:22: features.sets.mine: expected a feature, a family or a set, found "nonexistent"; there is nothing like it; list them with: swing features list',
      'config.yaml:9:11: features.sets.loop: expected sets of features that do not contain each other, found loop → loop2 → loop',
    ]);
  });

  it('are right when each is of a feature, a family or a set', async () => {
    expect(await told('features: { use: [mine, momentum, all], show: [other, beta-60], sets: { mine: [other, core], other: [return-5, volume] } }\n')).toEqual([]);
    expect(await told('')).toEqual([]);
  });

  it('are placed where they were set', async () => {
    expect(await told('seed: 3\n', ['features.sets.all=[return-5]'])).toEqual(['--set features.sets.all=[return-5]: features.sets.all: expected a name of its own for an own set, found "all"; "all" is a set that is always there']);
  });

  it('are told in full, keys that stand among them are not', async () => {
    expect(await told('features: { use: [realised-volatility-210] }\n')).toEqual([expect.stringContaining('found "realised-volatility-210"; the nearest names are realized-volatility-21') as string]);
    expect(await told('features: { use: [sk-a1b2c3d4e5f6g7h8i9j0k1] }\n')).toEqual([expect.stringContaining('found "***"') as string]);
  });

  it('in circles are told once a circle, not for what leads there', async () => {
    const circles = await told('features: { sets: { a: [b], b: [c], c: [b], d: [d], e: [return-5, a] } }\n');
    expect(circles.map((line) => line.split('found ')[1]).slice(1)).toEqual(['b → c → b', 'd → d']);
  });
});
