/** Nested settings as `model.leaves`, so that runs can be compared column by column. */
export function flatParams(nested: Readonly<Record<string, unknown>>, prefix = ''): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    Object.entries(nested).flatMap(([name, value]): [string, string | number | boolean | null][] => {
      const path = `${prefix}${name}`;
      if (value === undefined) return [];
      if (value === null || typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return [[path, value]];
      if (Array.isArray(value)) return [[path, value.join(',')]];
      return Object.entries(flatParams(value as Record<string, unknown>, `${path}.`));
    }),
  );
}
