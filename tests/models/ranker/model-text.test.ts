import { describe, expect, it } from 'vitest';

import { DataError } from '../../../src/core/errors.js';
import { result } from '../../../src/core/events.js';
import { lightgbm } from '../../../src/models/ranker/lightgbm.js';
import { featureNames, MODEL_FILE, requireModelText, withoutThreads } from '../../../src/models/ranker/model-text.js';
import { between, madeUpMarket } from '../made-up-market.js';
import { libraryFor } from './library.js';

const library = await libraryFor('texts of models of LightGBM');

async function someText(): Promise<string> {
  const market = madeUpMarket({ sessions: 60 });
  const classes = { ...market, x: market.x.map((value, at) => (at < market.length ? Math.floor((value + 0.5) * 8) : value)) };
  const forecaster = lightgbm({ rounds: 5, minLeaf: 30, objective: 'regression', categorical: [market.features[0]], earlyStopping: null, extra: { min_data_per_group: 10, cat_smooth: 1 } });
  const fitted = await result(forecaster.fit({ train: classes, validation: between(classes, 50, 60), horizon: 5 }, { seed: 1, threads: 1, environment: process.env }));
  return (await fitted.save())[MODEL_FILE] as string;
}

describe.runIf(library !== null)('text of a model', async () => {
  const text = library === null ? '' : await someText();

  it('passes as it is, with splits by category', () => {
    expect(() => requireModelText(text)).not.toThrow();
    expect(/^num_cat=[1-9]/m.test(text)).toBe(true);
    expect(featureNames(text)).toEqual(madeUpMarket({ sessions: 1 }).features);
  });

  it('passes whether or not LightGBM wrote its parameters after the trees', () => {
    expect(() => requireModelText(text.slice(0, text.indexOf('parameters:')))).not.toThrow();
  });

  it('does not tell by how many threads it was made', () => {
    expect(text).toContain('[num_threads: 0]');
    expect(withoutThreads('a\n[num_threads: 12]\nb')).toBe('a\n[num_threads: 0]\nb');
  });

  it('is refused when it is cut off before the end of the trees', () => {
    const end = text.indexOf('end of trees');
    for (let length = 0; length < end; length += 211) expect(() => requireModelText(text.slice(0, length)), `${length}`).toThrow(DataError);
  });

  it.each([
    ['a tree that is shorter than it says', (one: string) => one.replace(/^is_linear=0\n/m, ''), 'where tree 1 is to begin'],
    ['another number of trees', (one: string) => one.replace(/^(tree_sizes=\d+) \d+/m, '$1'), 'tree'],
    ['a word among numbers', (one: string) => one.replace(/^leaf_value=\S/m, 'leaf_value=x'), '"leaf_value" that are not numbers in tree 0'],
    ['a branch that leads back', (one: string) => one.replace(/^left_child=\d/m, 'left_child=0'), 'a branch to 0 in tree'],
    ['a feature that is not there', (one: string) => one.replace(/^split_feature=\d/m, 'split_feature=9'), 'a split by feature 9 in tree 0'],
    ['a value too few', (one: string) => one.replace(/^leaf_weight=\S+ /m, (start) => `${start.trim()}0`), 'of "leaf_weight" instead of'],
    ['names too few', (one: string) => one.replace(/^feature_names=\S+ /m, 'feature_names='), '5 names of features'],
    ['another version', (one: string) => one.replace('version=v4', 'version=v2'), 'version "v2"'],
    ['more than one class', (one: string) => one.replace('num_class=1', 'num_class=3'), 'more than one tree a round'],
    ['sets of categories that do not fit', (one: string) => one.replace(/^cat_boundaries=0 1/m, 'cat_boundaries=0 7'), 'sets of categories that do not fit together'],
    ['something else', () => '{}', '"{}" at its beginning'],
  ])('is refused with %s', (_, damage, words) => {
    const damaged = damage(text);
    expect(damaged).not.toBe(text);
    expect(() => requireModelText(damaged)).toThrow(words);
  });
});
