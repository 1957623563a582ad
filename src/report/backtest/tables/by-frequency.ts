/** Items by a key of theirs, the most frequent first, of equally frequent ones by the key. */
export function byFrequency<T>(items: readonly T[], keyOf: (item: T) => string): (readonly [key: string, items: readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return [...groups].sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1));
}
