import { nearest } from '../core/suggest.js';
import { FEATURE_FAMILIES, type Feature } from './feature.js';

/** Names of features, families or other sets. */
export type FeatureSets = Readonly<Record<string, readonly string[]>>;

/** A name of a feature or a set that cannot stand where it was written. */
export interface NameProblem {
  /** Steps from where the lists are: `['use', '0']`, `['sets', 'mine', '1']`. */
  readonly path: readonly string[];
  /** Whether the key at the path is wrong or the value. */
  readonly part: 'key' | 'value';
  readonly expected: string;
  /** The name; of sets that contain each other, the way round. */
  readonly found: readonly string[];
  readonly hint?: string;
}

const BUILT_IN: readonly string[] = ['all', 'core', ...FEATURE_FAMILIES];

/** What is wrong with own sets: names that are taken, names inside that nothing bears, sets that contain each other. */
export function setProblems(sets: FeatureSets, features: readonly Feature[]): NameProblem[] {
  const taken = new Map([...features.map(({ name }) => [name, 'a feature'] as const), ...FEATURE_FAMILIES.map((family) => [family, 'a family'] as const), ...['all', 'core'].map((name) => [name, 'a set that is always there'] as const)]);
  const names = Object.keys(sets).flatMap((name): NameProblem[] => (taken.has(name) ? [{ path: ['sets', name], part: 'key', expected: 'a name of its own for an own set', found: [name], hint: `"${name}" is ${taken.get(name)}` }] : []));
  const inside = Object.entries(sets).flatMap(([name, parts]) => listProblems(parts, { path: ['sets', name], sets, features }));
  return [...names, ...inside, ...circles(sets, taken)];
}

/** The names in a list that are neither of a feature nor of a set. */
export function listProblems(names: readonly string[], { path, sets, features }: { readonly path: readonly string[]; readonly sets: FeatureSets; readonly features: readonly Feature[] }): NameProblem[] {
  const known = [...features.map(({ name }) => name), ...BUILT_IN, ...Object.keys(sets)];
  return names.flatMap((name, index): NameProblem[] => (known.includes(name) ? [] : [{ path: [...path, String(index)], part: 'value', found: [name], ...unknownName(name, known) }]));
}

/** What to say about a name that nothing known bears. */
export function unknownName(name: string, known: readonly string[]): { readonly expected: string; readonly hint: string; readonly near: readonly string[] } {
  const near = nearest(name, known, 5);
  const hint = near.length === 0 ? 'there is nothing like it; list them with: swing features list' : `the nearest names are ${near.join(', ')}`;
  return { expected: 'a feature, a family or a set', hint, near };
}

/** Each circle once, at the first of its sets. */
function circles(sets: FeatureSets, taken: ReadonlyMap<string, string>): NameProblem[] {
  const told = new Set<string>();
  return Object.keys(sets).flatMap((name): NameProblem[] => {
    const way = told.has(name) || taken.has(name) ? null : wayBack(name, sets, taken);
    if (way === null) return [];
    for (const each of way) told.add(each);
    return [{ path: ['sets', name], part: 'value', expected: 'sets of features that do not contain each other', found: way }];
  });
}

/** A shortest way from a set through what it contains back to it. */
function wayBack(start: string, sets: FeatureSets, taken: ReadonlyMap<string, string>): readonly string[] | null {
  const ways: string[][] = [[start]];
  const seen = new Set<string>();
  for (const way of ways) {
    for (const part of sets[way.at(-1)!]) {
      if (part === start) return [...way, start];
      if (seen.has(part) || taken.has(part) || !Object.hasOwn(sets, part)) continue;
      seen.add(part);
      ways.push([...way, part]);
    }
  }
  return null;
}
