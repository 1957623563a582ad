import { describe, expect, it } from 'vitest';

import { ConfigError } from '../../src/core/errors.js';
import { FEATURES } from '../../src/features/registry.js';
import { builtInSets, resolveFeatures } from '../../src/features/sets.js';

const names = (wanted: readonly string[], sets = {}): string[] => resolveFeatures(wanted, FEATURES, sets).map(({ name }) => name);

describe('sets of features', () => {
  it('are families, core and all, each in the order of the registry', () => {
    const { all, core, momentum } = builtInSets(FEATURES);
    expect(all).toEqual(FEATURES.map(({ name }) => name));
    expect(core).toEqual(FEATURES.filter(({ family }) => family !== 'alpha158').map(({ name }) => name));
    expect(momentum).toContain('momentum-12-1');
    expect(names(['volatility', 'momentum'])).toEqual([...builtInSets(FEATURES)['momentum'], ...builtInSets(FEATURES)['volatility']]);
  });

  it('may be named by the user, and contain each other', () => {
    expect(names(['mine'], { mine: ['other', 'momentum-12-1'], other: ['realized-volatility-63', 'momentum-12-1'] })).toEqual(['momentum-12-1', 'realized-volatility-63']);
  });

  it('that go in a circle are refused, naming the way', () => {
    expect(() => names(['a'], { a: ['b'], b: ['a'] })).toThrow('found a → b → a');
  });

  it('of unknown names are refused with the nearest', () => {
    expect(() => names(['momentum-12'])).toThrow(ConfigError);
    expect(() => names(['momentum-12'])).toThrow(/found "momentum-12"; the nearest names are momentum-12-1, /);
    expect(() => names(['mine'], { mine: ['nonsense'] })).toThrow('found "nonsense"; there is nothing like it; list them with: swing features list');
    expect(() => names(['rsi'])).toThrow(/found "rsi"; the nearest names are [a-z-]*rsi-\d+/);
    expect(() => names(['momentm'])).toThrow('the nearest names are momentum');
    expect(() => names([''])).toThrow('there is nothing like it');
  });
});
