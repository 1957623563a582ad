/** Numbers of a tree by name. */
type Lists = ReadonlyMap<string, readonly number[]>;

const OF_NODES = ['split_feature', 'split_gain', 'threshold', 'decision_type', 'left_child', 'right_child', 'internal_value', 'internal_weight', 'internal_count'];
const OF_LEAVES = ['leaf_value', 'leaf_weight', 'leaf_count'];
const CATEGORICAL = 1;

/** What is wrong with the text of a tree over `features` features; `null` when nothing is. */
export function treeFault(text: string, features: number): string | null {
  const lists: Lists = new Map(text.split('\n').flatMap((line): [string, number[]][] => {
    const [key, values] = line.split('=', 2);
    return values === undefined ? [] : [[key, values.trim() === '' ? [] : values.trim().split(' ').map(numberOf)]];
  }));
  for (const [name, values] of lists) if (values.some(Number.isNaN)) return `"${name}" that are not numbers`;
  const leaves = lists.get('num_leaves')?.[0] ?? 0;
  if (!Number.isInteger(leaves) || leaves < 1) return `${leaves} leaves`;
  if (lists.get('is_linear')?.[0] === 1) return 'a linear function in the leaves';
  if (leaves === 1) return lists.get('leaf_value')?.length === 1 ? null : 'no value of its one leaf';
  return faultOfLengths(lists, leaves) ?? faultOfNodes(lists, leaves, features) ?? faultOfCategories(lists);
}

/** Infinities count as numbers, as LightGBM writes them. */
function numberOf(text: string): number {
  if (/^[+-]?inf$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return text === '' ? Number.NaN : Number(text);
}

function faultOfLengths(lists: Lists, leaves: number): string | null {
  const expected = [...OF_NODES.map((name) => [name, leaves - 1] as const), ...OF_LEAVES.map((name) => [name, leaves] as const)];
  for (const [name, length] of expected) {
    const found = lists.get(name)?.length ?? 0;
    if (found !== length) return `${found} of "${name}" instead of ${length}`;
  }
  return null;
}

/** Each node and each leaf is to be reached from the root exactly once; leaf i is written as −1 − i. */
function faultOfNodes(lists: Lists, leaves: number, features: number): string | null {
  const outside = lists.get('split_feature')!.find((feature) => !(Number.isInteger(feature) && feature >= 0 && feature < features));
  if (outside !== undefined) return `a split by feature ${outside}`;
  const [left, right] = [lists.get('left_child')!, lists.get('right_child')!];
  const reached = new Set<number>();
  const waiting = [0];
  while (waiting.length > 0) {
    const node = waiting.pop()!;
    if (!Number.isInteger(node) || node < -leaves || node > leaves - 2 || reached.has(node)) return `a branch to ${node}`;
    reached.add(node);
    if (node >= 0) waiting.push(left[node], right[node]);
  }
  return reached.size === 2 * leaves - 1 ? null : 'nodes that are never reached';
}

/** A split by category names one of the sets of categories, which lie one after the other as bits of 32-bit words. */
function faultOfCategories(lists: Lists): string | null {
  const sets = lists.get('num_cat')?.[0] ?? 0;
  const [boundaries, words] = [lists.get('cat_boundaries') ?? [], lists.get('cat_threshold') ?? []];
  const areRight = sets === 0 || (boundaries.length === sets + 1 && boundaries[0] === 0 && boundaries.every((at, i) => i === 0 || at >= boundaries[i - 1]) && boundaries[sets] === words.length);
  if (!areRight) return 'sets of categories that do not fit together';
  const thresholds = lists.get('threshold')!;
  const types = lists.get('decision_type')!;
  const wrong = thresholds.find((set, node) => (types[node] & CATEGORICAL) === CATEGORICAL && !(Number.isInteger(set) && set >= 0 && set < sets));
  return wrong === undefined ? null : `a split by set ${wrong} of categories`;
}
