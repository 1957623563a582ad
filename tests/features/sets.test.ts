import { describe, expect, it } from 'vitest';

import { ConfigError } from '../../src/core/errors.js';
import { FEATURES } from '../../src/features/registry.js';
import { builtInSets, resolveFeatures } from '../../src/features/sets.js';

const names = (wanted: readonly string[], sets = {}): string[] => resolveFeatures(wanted, FEATURES, sets).map(({ name }) => name);

describe('sets of features', () => {
  it('are families, core and all, each in the order of the registry', () => {
    const { all, core, momentum } = builtInSets(FEATURES);
    expect(all).toEqual(FEATURES.map(({ name }) => name));
    expect(core).toEqual(FEATURES.filter(({ family }) => family !== 'alpha158' && family !== 'options').map(({ name }) => name));
    expect(momentum).toContain('momentum-12-1');
    expect(names(['volatility', 'momentum'])).toEqual([...builtInSets(FEATURES)['momentum'], ...builtInSets(FEATURES)['volatility']]);
  });

  it('may be named by the user, and contain each other', () => {
    expect(names(['mine'], { mine: ['other', 'momentum-12-1'], other: ['realized-volatility-63', 'momentum-12-1'] })).toEqual(['momentum-12-1', 'realized-volatility-63']);
  });

  it('that go in a circle are refused, naming the way', () => {
    expect(() => names(['a'], { a: ['b'], b: ['a'] })).toThrow('found a → b → a');
  });

  it('that hide features, families or sets are refused, all at once, also when others are asked for', () => {
    const broken = { momentum: ['return-1'], 'return-5': ['return-1'], all: ['return-1'], mine: ['return-1', 'nonexistent'] };
    const lines = (() => {
      try {
        return names(['momentum-12-1'], broken);
      } catch (error) {
        return (error as ConfigError).message.split('\n');
      }
    })();
    expect(lines).toEqual([
      '4 problems in the sets of features:',
      '  features.sets.momentum: expected a name of its own for an own set, found "momentum"; "momentum" is a family',
      '  features.sets.return-5: expected a name of its own for an own set, found "return-5"; "return-5" is a feature',
      '  features.sets.all: expected a name of its own for an own set, found "all"; "all" is a set that is always there',
      '  features.sets.mine: expected a feature, a family or a set, found "nonexistent"; there is nothing like it; list them with: swing features list',
    ]);
  });

  it('that contain each other many times over are resolved in one walk', () => {
    const deep = Object.fromEntries(Array.from({ length: 60 }, (_, level) => [`level-${level}`, level === 59 ? ['return-5'] : [`level-${level + 1}`, `level-${level + 1}`]]));
    expect(names(['level-0'], deep)).toEqual(['return-5']);
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
